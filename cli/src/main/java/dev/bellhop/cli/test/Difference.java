package dev.bellhop.cli.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Where a tree is not what was expected, line by line. The expected tree may leave fields of objects out, not elements of
/// lists; `null` says that a field must be absent. `metadata.name: run-*` holds for every name or generateName that begins so.
final class Difference {
    private static final int MUCH = 100;

    private final List<String> lines = new ArrayList<>();

    private Difference() {}

    /// The lines; empty when `actual` is as expected.
    static List<String> of(JsonNode expected, JsonNode actual) {
        var difference = new Difference();
        difference.compare("", expected, actual);
        return difference.lines;
    }

    /// What is wrong with `actual` as a whole: for each expected tree it takes the actual one that is nearest to it.
    static List<String> ofAll(List<JsonNode> expected, List<? extends JsonNode> actual) {
        var left = new ArrayList<JsonNode>(actual);
        var unmet = new ArrayList<JsonNode>();
        // What fits takes its own first, so that the rest is compared with what is really left.
        for (var tree : expected) {
            var fitting = left.stream().filter(candidate -> of(tree, candidate).isEmpty()).findFirst();
            fitting.ifPresentOrElse(left::remove, () -> unmet.add(tree));
        }
        var lines = new ArrayList<String>();
        for (var tree : unmet) {
            var nearest = left.stream().filter(candidate -> candidate.path("kind").equals(tree.path("kind")))
                    .min(Comparator.comparingInt(candidate -> of(tree, candidate).size()));
            if (nearest.isPresent()) {
                left.remove(nearest.get());
                lines.add(title(nearest.get()) + " differs:");
                of(tree, nearest.get()).forEach(line -> lines.add("  " + line));
            } else {
                lines.add(title(tree) + " was expected and not made");
            }
        }
        left.forEach(tree -> lines.add(title(tree) + " was made and not expected"));
        return lines;
    }

    private static String title(JsonNode object) {
        var metadata = object.path("metadata");
        var name = metadata.has("name")
                ? metadata.path("name").asText()
                : metadata.path("generateName").asText("(any)");
        var namespace = metadata.path("namespace").asText();
        return "object " + object.path("kind").asText("(any kind)") + " " + (namespace.isEmpty() ? "" : namespace + "/")
                + name;
    }

    private void compare(String path, JsonNode expected, JsonNode actual) {
        if (expected.isNull()) {
            if (!actual.isMissingNode() && !actual.isNull()) {
                add(path, "must be absent, was " + shown(actual));
            }
        } else if (actual.isMissingNode()) {
            add(path, "expected " + shown(expected) + ", is missing");
        } else if (expected instanceof ObjectNode object && actual.isObject()) {
            object.properties().forEach(field -> {
                var name = field.getKey();
                var at = path.isEmpty() ? name : path + "." + name;
                if (!at.equals("metadata.name") || !namePrefixHolds(field.getValue(), actual)) {
                    compare(at, field.getValue(), actual.path(name));
                }
            });
        } else if (expected instanceof ArrayNode list && actual.isArray()) {
            for (int i = 0; i < Math.min(list.size(), actual.size()); i++) {
                compare(path + "[" + i + "]", list.get(i), actual.get(i));
            }
            if (list.size() != actual.size()) {
                add(path, "expected " + list.size() + " elements, has " + actual.size() + ": " + shown(actual));
            }
        } else if (!same(expected, actual)) {
            compareTexts(path, expected, actual);
        }
    }

    private static boolean namePrefixHolds(JsonNode expected, JsonNode metadata) {
        var name = expected.asText();
        var prefix = name.endsWith("*") ? name.substring(0, name.length() - 1) : null;
        return prefix != null && (begins(metadata, "name", prefix) || begins(metadata, "generateName", prefix));
    }

    private static boolean begins(JsonNode metadata, String field, String prefix) {
        return metadata.has(field) && metadata.path(field).asText().startsWith(prefix);
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        boolean numbers = expected.isNumber() && actual.isNumber();
        return numbers ? expected.decimalValue().compareTo(actual.decimalValue()) == 0 : expected.equals(actual);
    }

    private void compareTexts(String path, JsonNode expected, JsonNode actual) {
        if (expected.isTextual() && actual.isTextual() && expected.asText().contains("\n")) {
            var wanted = expected.asText().lines().toList();
            var had = actual.asText().lines().toList();
            for (int i = 0; i < Math.max(wanted.size(), had.size()); i++) {
                var a = i < wanted.size() ? wanted.get(i) : "(no such line)";
                var b = i < had.size() ? had.get(i) : "(no such line)";
                if (!a.equals(b)) {
                    add(path, "line " + (i + 1) + ": expected " + a + ", was " + b);
                    return;
                }
            }
        }
        add(path, "expected " + shown(expected) + ", was " + shown(actual));
    }

    private void add(String path, String what) {
        lines.add((path.isEmpty() ? "(all of it)" : path) + ": " + what);
    }

    private static String shown(JsonNode node) {
        var text = node.toString();
        return text.length() <= MUCH ? text : text.substring(0, MUCH) + "...";
    }
}
