package dev.bellhop.engine.cel;

import java.util.regex.Pattern;

import dev.cel.runtime.CelEvaluationException;

/// Words for what went wrong in an evaluation: those of Tekton where it has some.
final class Failures {
    private static final Pattern PLACED = Pattern.compile("evaluation error(?: at <input>:(\\d+))?: (.*)",
            Pattern.DOTALL);
    private static final Pattern MISSING_KEY = Pattern.compile("key '(.*)' is not present in map\\.", Pattern.DOTALL);
    private static final Pattern NO_MAP = Pattern.compile("Error resolving fields? '(.*)'\\. Field selections.*",
            Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD = Pattern.compile("No matching overload for function '([^']*)'");
    private static final Pattern FAILED_CALL = Pattern.compile("Function '([^']*)' failed with arg");

    private Failures() {}

    static String explain(CelEvaluationException failure, String source) {
        var placed = PLACED.matcher(String.valueOf(failure.getMessage()));
        if (!placed.matches()) {
            return String.valueOf(failure.getMessage());
        }
        var reason = reason(placed.group(2), failure);
        return placed.group(1) == null
                ? reason
                : reason + " (at " + position(source, Integer.parseInt(placed.group(1))) + ")";
    }

    /// The library's own words sometimes quote the values, and those are what the sender sent.
    private static String reason(String message, CelEvaluationException failure) {
        var overload = NO_OVERLOAD.matcher(message);
        if (overload.lookingAt()) {
            return "no such overload: " + overload.group(1);
        }
        var call = FAILED_CALL.matcher(message);
        if (call.lookingAt()) {
            return failedCall(call.group(1), failure);
        }
        if (message.startsWith("Expected boolean value")) {
            return "no such overload: an operand is no bool";
        }
        if (message.startsWith("Unexpected iter_range type")) {
            return "no such overload: there is neither a list nor a map to go through";
        }
        return switch (failure.getErrorCode()) {
            case DIVIDE_BY_ZERO -> "division by zero";
            case ATTRIBUTE_NOT_FOUND -> missingKey(message);
            case BAD_FORMAT -> "the text cannot be converted";
            case DUPLICATE_ATTRIBUTE -> "a map would have a key twice";
            default -> message;
        };
    }

    private static String failedCall(String function, Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root instanceof ClassCastException || root.getMessage() == null
                ? "no such overload: " + function
                : function + ": " + root.getMessage();
    }

    private static String missingKey(String message) {
        var missing = MISSING_KEY.matcher(message);
        if (missing.matches()) {
            return "no such key: " + missing.group(1);
        }
        var noMap = NO_MAP.matcher(message);
        return noMap.matches()
                ? "no such key: " + noMap.group(1) + ", for its parent is no map"
                : "no such key: " + message;
    }

    private static String position(String source, int codePoint) {
        int offset = source.offsetByCodePoints(0, Math.min(codePoint, source.codePointCount(0, source.length())));
        var before = source.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int lineStart = before.lastIndexOf('\n') + 1;
        return line + ":" + (1 + before.codePointCount(lineStart, before.length()));
    }
}
