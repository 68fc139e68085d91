package dev.bellhop.engine.source.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// The way to a field of an object, such as `spec.ports.0.name`. A dot within a name has a backslash before it; a number is an
/// index into a list.
record FieldPath(List<String> steps) {
    static FieldPath of(String text) {
        var steps = new ArrayList<String>();
        var step = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                step.append(text.charAt(i));
            } else if (c == '.') {
                steps.add(step.toString());
                step.setLength(0);
            } else {
                step.append(c);
            }
        }
        steps.add(step.toString());
        return new FieldPath(List.copyOf(steps));
    }

    /// Whether it leads anywhere.
    boolean isSound() {
        return steps.stream().noneMatch(String::isEmpty);
    }

    /// What is there; empty when it is missing or null.
    Optional<JsonNode> in(JsonNode object) {
        var node = object;
        for (var step : steps) {
            node = node.isArray() && step.matches("\\d{1,6}") ? node.path(Integer.parseInt(step)) : node.path(step);
        }
        return Optional.of(node).filter(found -> !found.isMissingNode() && !found.isNull());
    }
}
