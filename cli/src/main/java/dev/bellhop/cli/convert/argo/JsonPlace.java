package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.cli.convert.expression.Step;

/// Writes at a place of JSON that is named as Go's sjson names it.
final class JsonPlace {
    private static final int MOST_ELEMENTS = 1000;

    private JsonPlace() {}

    /// `target`, which may be changed, with `value` at `dest`; an empty one means all of it. `append` and `prepend` join texts.
    /// Empty when the place cannot be reached.
    static Optional<JsonNode> set(JsonNode target, String dest, String operation, JsonNode value) {
        if (dest.isEmpty()) {
            return Optional.of(value);
        }
        var steps = GjsonPath.steps(dest.replace(".-1", ".999999"));
        return steps.flatMap(path -> put(target, path, operation, value));
    }

    private static Optional<JsonNode> put(JsonNode node, List<Step> path, String operation, JsonNode value) {
        if (path.isEmpty()) {
            return Optional.of(joined(node, operation, value));
        }
        var rest = path.subList(1, path.size());
        return switch (path.getFirst()) {
            case Step.Index(var index) when !(node instanceof ObjectNode) -> {
                var list = node instanceof ArrayNode array ? array : JsonNodeFactory.instance.arrayNode();
                int at = Math.min(index, list.size());
                if (index != at && index < MOST_ELEMENTS) {
                    yield Optional.empty();
                }
                yield put(list.path(at), rest, operation, value).map(inner -> {
                    if (at == list.size()) {
                        list.add(inner);
                    } else {
                        list.set(at, inner);
                    }
                    return list;
                });
            }
            case Step.Index(var index) -> put(node, named(Integer.toString(index), rest), operation, value);
            case Step.Name(var name) -> {
                var object = node instanceof ObjectNode given ? given : JsonNodeFactory.instance.objectNode();
                if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
                    yield Optional.empty();
                }
                var clean = name.startsWith(":") ? name.substring(1) : name;
                yield put(object.path(clean), rest, operation, value).map(inner -> {
                    object.set(clean, inner);
                    return object;
                });
            }
        };
    }

    private static List<Step> named(String name, List<Step> rest) {
        var path = new ArrayList<Step>(List.of(new Step.Name(name)));
        path.addAll(rest);
        return path;
    }

    private static JsonNode joined(JsonNode before, String operation, JsonNode value) {
        if (before.isMissingNode() || before.isNull()) {
            return value;
        }
        return switch (operation) {
            case "append" -> TextNode.valueOf(before.asText() + value.asText());
            case "prepend" -> TextNode.valueOf(value.asText() + before.asText());
            default -> value;
        };
    }
}
