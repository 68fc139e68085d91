package dev.bellhop.cli.send;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// `commits[0].author.name=Ann`: a field of a JSON body and the value it gets. Objects on the way are made when they are
/// missing; a list grows by one at most.
record FieldChange(List<String> path, JsonNode value) {
    private static final Pattern STEP = Pattern.compile("\\.?([^.\\[\\]]+)|\\[(\\d+)]");
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Reads `path=value`. Throws `IllegalArgumentException` with a message for the person who wrote it.
    static FieldChange parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("write PATH=VALUE");
        }
        var path = new ArrayList<String>();
        var steps = STEP.matcher(text).region(0, equals);
        int end = 0;
        while (steps.lookingAt()) {
            path.add(steps.group(1) != null ? steps.group(1) : "[" + steps.group(2));
            end = steps.end();
            steps.region(end, equals);
        }
        if (end != equals) {
            throw new IllegalArgumentException("'" + text.substring(0, equals) + "' is no path such as commits[0].id");
        }
        return new FieldChange(List.copyOf(path), value(text.substring(equals + 1)));
    }

    private static JsonNode value(String text) {
        try {
            var json = JSON.readTree(text);
            return json.isMissingNode() ? TextNode.valueOf(text) : json;
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /// Makes the change. Throws `IllegalArgumentException` when the path leads through a value that has no fields.
    void applyTo(ObjectNode body) {
        JsonNode at = body;
        for (int i = 0; i < path.size(); i++) {
            boolean last = i == path.size() - 1;
            at = switch (at) {
                case ObjectNode object -> last ? object.set(path.get(i), value) : next(object, i);
                case ArrayNode array -> last ? put(array, i, value) : next(array, i);
                default -> throw new IllegalArgumentException(
                        "'" + written(i) + "' is " + at + ", which has no '" + path.get(i).replace("[", "") + "'");
            };
        }
    }

    private JsonNode next(ObjectNode object, int i) {
        var child = object.get(path.get(i));
        return child == null || child.isNull() ? object.set(path.get(i), container(i + 1)).get(path.get(i)) : child;
    }

    private JsonNode next(ArrayNode array, int i) {
        int index = index(array, i);
        return index < array.size() ? array.get(index) : array.add(container(i + 1)).get(index);
    }

    private JsonNode put(ArrayNode array, int i, JsonNode element) {
        int index = index(array, i);
        return index < array.size() ? array.set(index, element) : array.add(element);
    }

    private int index(ArrayNode array, int i) {
        var step = path.get(i);
        if (!step.startsWith("[")) {
            throw new IllegalArgumentException("'" + written(i) + "' is a list: write [0] for its first element");
        }
        int index = Integer.parseInt(step.substring(1));
        if (index > array.size()) {
            throw new IllegalArgumentException("'" + written(i) + "' has only " + array.size() + " elements");
        }
        return index;
    }

    private JsonNode container(int i) {
        return path.get(i).startsWith("[") ? JSON.createArrayNode() : JSON.createObjectNode();
    }

    /// The first `steps` of the path as they were written.
    private String written(int steps) {
        var text = new StringBuilder();
        for (var step : path.subList(0, steps)) {
            text.append(step.startsWith("[") ? step + "]" : (text.isEmpty() ? "" : ".") + step);
        }
        return text.toString();
    }
}
