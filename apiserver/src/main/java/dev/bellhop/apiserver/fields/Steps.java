package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Schema;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The steps of a field path: from a map to a field, from a list to an element that its schema can tell from the others.
final class Steps {

    interface Visitor {
        void visit(String step, JsonNode child, Schema schema);
    }

    private Steps() {}

    /// Whether parts of the value can have owners of their own.
    static boolean isGranular(JsonNode value, Schema schema) {
        return value.isObject()
                ? !schema.atomicMap()
                : value.isArray() && schema.listKind() != Schema.ListKind.ATOMIC;
    }

    static void into(JsonNode value, Schema schema, Visitor visitor) {
        if (value.isObject()) {
            value.properties()
                    .forEach(
                            field -> visitor.visit("f:" + field.getKey(), field.getValue(), schema.at(field.getKey())));
        } else {
            value.forEach(element -> visitor.visit(toElement(element, schema), element, schema.element()));
        }
    }

    /// The step from a list to one of its elements.
    static String toElement(JsonNode element, Schema list) {
        return switch (list.listKind()) {
            case SET -> "v:" + Json.text(element);
            case MAP -> {
                var keys = new TreeMap<String, JsonNode>();
                for (String key : list.mapKeys()) {
                    JsonNode value = element.get(key);
                    if (value == null) {
                        value = list.element().at(key).defaultValue().orElse(null);
                    }
                    if (value != null) {
                        keys.put(key, value);
                    }
                }
                ObjectNode key = Json.object();
                keys.forEach(key::set);
                yield "k:" + Json.text(key);
            }
            case ATOMIC -> throw new IllegalArgumentException("Elements of an atomic list have no paths");
        };
    }

    static String shown(String step) {
        String rest = step.substring(2);
        return switch (step.charAt(0)) {
            case 'f' -> "." + rest;
            case 'v' -> "[=" + rest + "]";
            default -> "[" + shownKey(rest) + "]";
        };
    }

    private static String shownKey(String key) {
        try {
            return Json.read(key).properties().stream().map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(","));
        } catch (JsonProcessingException e) {
            return key;
        }
    }
}
