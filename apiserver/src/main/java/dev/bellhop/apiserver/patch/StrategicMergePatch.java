package dev.bellhop.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Strategic merge patch: lists whose schema names a key merge element by element, and directives (`$patch`,
/// `$retainKeys`, `$deleteFromPrimitiveList/…`, `$setElementOrder/…`) say what merging cannot.
final class StrategicMergePatch {

    private static final String DIRECTIVE = "$patch";
    private static final String RETAIN = "$retainKeys";
    private static final String DELETE = "$deleteFromPrimitiveList/";
    private static final String ORDER = "$setElementOrder/";

    private StrategicMergePatch() {}

    static JsonNode merge(JsonNode value, JsonNode patch, Schema schema) {
        if (!(patch instanceof ObjectNode fields)) {
            return patch.deepCopy();
        }
        ObjectNode merged = value instanceof ObjectNode object ? Json.object().setAll(object) : Json.object();
        switch (fields.path(DIRECTIVE).asText("")) {
            case "replace" -> {
                return withoutDirectives(fields);
            }
            case "delete" -> {
                return Json.object();
            }
            default -> mergeFields(merged, fields, schema);
        }
        return merged;
    }

    private static void mergeFields(ObjectNode merged, ObjectNode patch, Schema schema) {
        if (patch.path(RETAIN) instanceof ArrayNode retained) {
            Set<String> names = new LinkedHashSet<>();
            retained.forEach(name -> names.add(name.asText()));
            merged.retain(names);
        }
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (name.startsWith(DELETE) && merged.get(name.substring(DELETE.length())) instanceof ArrayNode list) {
                merged.set(name.substring(DELETE.length()), minus(list, field.getValue()));
            }
        });
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (name.startsWith("$")) {
                return;
            }
            if (field.getValue().isNull()) {
                merged.remove(name);
            } else if (field.getValue() instanceof ArrayNode list) {
                merged.set(name, mergeList(merged.path(name), list, schema.at(name)));
            } else {
                merged.set(name, merge(merged.path(name), field.getValue(), schema.at(name)));
            }
        });
        patch.properties().forEach(field -> {
            String name = field.getKey();
            if (name.startsWith(ORDER) && merged.get(name.substring(ORDER.length())) instanceof ArrayNode list) {
                String of = name.substring(ORDER.length());
                merged.set(of, ordered(list, field.getValue(), schema.at(of)));
            }
        });
    }

    private static JsonNode mergeList(JsonNode value, ArrayNode patch, Schema schema) {
        return switch (schema.listKind()) {
            case ATOMIC -> patch.deepCopy();
            case SET -> {
                var union = new LinkedHashSet<JsonNode>();
                value.forEach(union::add);
                patch.forEach(union::add);
                yield Json.array().addAll(union);
            }
            case MAP -> mergeElements(value, patch, schema);
        };
    }

    private static ArrayNode mergeElements(JsonNode value, ArrayNode patch, Schema schema) {
        String key = schema.mapKeys().getFirst();
        List<JsonNode> merged = new ArrayList<>();
        for (JsonNode element : patch) {
            if ("replace".equals(element.path(DIRECTIVE).asText()) && !element.has(key)) {
                ArrayNode replaced = Json.array();
                patch.forEach(other -> {
                    if (!other.has(DIRECTIVE)) {
                        replaced.add(other.deepCopy());
                    }
                });
                return replaced;
            }
        }
        value.forEach(merged::add);
        for (JsonNode element : patch) {
            int at = indexOf(merged, key, element.path(key));
            if ("delete".equals(element.path(DIRECTIVE).asText())) {
                if (at >= 0) {
                    merged.remove(at);
                }
            } else if (at >= 0) {
                merged.set(at, merge(merged.get(at), element, schema.element()));
            } else {
                merged.add(withoutDirectives(element));
            }
        }
        return Json.array().addAll(merged);
    }

    private static ArrayNode ordered(ArrayNode list, JsonNode order, Schema schema) {
        List<JsonNode> rest = new ArrayList<>();
        list.forEach(rest::add);
        List<JsonNode> sorted = new ArrayList<>();
        for (JsonNode wanted : order) {
            for (JsonNode element : List.copyOf(rest)) {
                boolean same = schema.listKind() == Schema.ListKind.MAP
                        ? element.path(schema.mapKeys().getFirst()).equals(wanted.path(schema.mapKeys().getFirst()))
                        : element.equals(wanted);
                if (same) {
                    sorted.add(element);
                    rest.remove(element);
                }
            }
        }
        sorted.addAll(rest);
        return Json.array().addAll(sorted);
    }

    private static ArrayNode minus(ArrayNode list, JsonNode removed) {
        ArrayNode left = Json.array();
        list.forEach(element -> {
            boolean goes = false;
            for (JsonNode one : removed) {
                goes |= one.equals(element);
            }
            if (!goes) {
                left.add(element);
            }
        });
        return left;
    }

    private static int indexOf(List<JsonNode> list, String key, JsonNode value) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).path(key).equals(value)) {
                return i;
            }
        }
        return -1;
    }

    private static JsonNode withoutDirectives(JsonNode value) {
        JsonNode copy = value.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getKey().startsWith("$"));
        }
        return copy;
    }
}
