package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import java.util.ArrayList;
import java.util.List;

/// The columns that a CustomResourceDefinition asks for.
final class CustomCells {

    private CustomCells() {}

    static List<Cell> of(ResourceType type) {
        var cells = new ArrayList<Cell>();
        cells.add(Cell.NAME);
        type.columns().forEach(column -> {
            ColumnPath path = ColumnPath.parse(column.jsonPath());
            cells.add(new Cell(column.name(), column.type(), column.format(), column.description(), column.priority(),
                    object -> value(path.find(object), column.type())));
        });
        return cells;
    }

    private static JsonNode value(List<JsonNode> found, String type) {
        if (found.isEmpty() || found.getFirst().isNull()) {
            return NullNode.instance;
        }
        JsonNode first = found.getFirst();
        return switch (type) {
            case "date" -> TextNode.valueOf(Ages.since(first.asText()));
            case "integer", "number", "boolean" -> first.isValueNode() ? first : NullNode.instance;
            default -> TextNode.valueOf(text(found));
        };
    }

    private static String text(List<JsonNode> found) {
        return found.stream().map(value -> value.isValueNode() ? value.asText() : Json.text(value))
                .reduce((a, b) -> a + " " + b).orElse("");
    }
}
