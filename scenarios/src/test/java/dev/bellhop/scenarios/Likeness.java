package dev.bellhop.scenarios;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/// Whether something is as a file wants it. Objects may hold more than is wanted; lists are of the same length and order, but for
/// conditions and managed fields, which may be more and in any order. `null` wants a field to be absent, a text `~ PATTERN` one that the pattern is found in.
final class Likeness {
    private static final String PATTERN = "~ ";

    private Likeness() {}

    /// How `actual` differs first; empty when it does not.
    static Optional<String> difference(JsonNode wanted, JsonNode actual) {
        return difference(wanted, actual, "");
    }

    /// What is the matter with a list of any order that is to be exactly `wanted`; empty when nothing is.
    static Optional<String> differenceInAnyOrder(List<JsonNode> wanted, List<JsonNode> actual) {
        var left = new ArrayList<>(actual);
        for (var one : wanted) {
            var found = left.stream().filter(candidate -> difference(one, candidate).isEmpty()).findFirst();
            if (found.isEmpty()) {
                return Optional.of("nothing is like " + one + "; there are " + actual);
            }
            left.remove(found.get());
        }
        return left.isEmpty() ? Optional.empty() : Optional.of("more than was wanted: " + left);
    }

    private static Optional<String> difference(JsonNode wanted, JsonNode actual, String path) {
        if (wanted.isNull()) {
            return actual.isMissingNode() || actual.isNull()
                    ? Optional.empty()
                    : Optional.of(path + " should be absent, and is " + actual);
        }
        if (wanted.isObject()) {
            return wanted.properties().stream()
                    .map(field -> difference(field.getValue(), actual.path(field.getKey()),
                            path + "." + field.getKey()))
                    .flatMap(Optional::stream).findFirst();
        }
        if (wanted.isArray() && (path.endsWith(".conditions") || path.endsWith(".managedFields"))) {
            return wanted.valueStream().filter(
                    one -> actual.valueStream().noneMatch(condition -> difference(one, condition, path).isEmpty()))
                    .map(one -> path + " has none like " + one + ": " + actual).findFirst();
        }
        if (wanted.isArray()) {
            return listDifference(wanted, actual, path);
        }
        boolean alike = wanted.isNumber() && actual.isNumber()
                ? wanted.decimalValue().compareTo(actual.decimalValue()) == 0
                : isPattern(wanted) ? actual.isValueNode() && isFound(wanted, actual) : wanted.equals(actual);
        return alike ? Optional.empty() : Optional.of(path + " should be " + wanted + ", and is " + actual);
    }

    private static Optional<String> listDifference(JsonNode wanted, JsonNode actual, String path) {
        if (!actual.isArray() || wanted.size() != actual.size()) {
            return Optional.of(path + " should be " + wanted + ", and is " + actual);
        }
        for (int i = 0; i < wanted.size(); i++) {
            var difference = difference(wanted.get(i), actual.get(i), path + "[" + i + "]");
            if (difference.isPresent()) {
                return difference;
            }
        }
        return Optional.empty();
    }

    private static boolean isPattern(JsonNode wanted) {
        return wanted.isTextual() && wanted.textValue().startsWith(PATTERN);
    }

    private static boolean isFound(JsonNode wanted, JsonNode actual) {
        return Pattern.compile(wanted.textValue().substring(PATTERN.length())).matcher(actual.asText()).find();
    }
}
