package dev.bellhop.engine.cel;

import java.util.regex.Pattern;

import dev.cel.runtime.CelEvaluationException;

/// Words for what went wrong in an evaluation: those of Tekton where it has some.
final class Failures {
    private static final Pattern PLACED = Pattern.compile("evaluation error at <input>:(\\d+): (.*)", Pattern.DOTALL);
    private static final Pattern MISSING_KEY = Pattern.compile("key '(.*)' is not present in map\\.", Pattern.DOTALL);

    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "(?:No matching overload for function |Function (?='[^']*' failed with arg))'([^']*)'");

    private Failures() {}

    static String explain(CelEvaluationException failure, String source) {
        var placed = PLACED.matcher(String.valueOf(failure.getMessage()));
        if (!placed.matches()) {
            return String.valueOf(failure.getMessage());
        }
        return reason(placed.group(2)) + " (at " + position(source, Integer.parseInt(placed.group(1))) + ")";
    }

    private static String reason(String message) {
        if (message.equals("/ by zero")) {
            return "division by zero";
        }
        var missing = MISSING_KEY.matcher(message);
        if (missing.matches()) {
            return "no such key: " + missing.group(1);
        }
        var overload = NO_OVERLOAD.matcher(message);
        // The library's second form prints the arguments: what the sender sent.
        return overload.lookingAt() ? "no such overload: " + overload.group(1) : message;
    }

    private static String position(String source, int codePoint) {
        int offset = source.offsetByCodePoints(0, Math.min(codePoint, source.codePointCount(0, source.length())));
        var before = source.substring(0, offset);
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        int lineStart = before.lastIndexOf('\n') + 1;
        return line + ":" + (1 + before.codePointCount(lineStart, before.length()));
    }
}
