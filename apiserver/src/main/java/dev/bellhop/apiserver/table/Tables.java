package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import java.util.Collection;
import java.util.List;

/// Puts objects into a `meta.k8s.io/v1` Table.
public final class Tables {

    private Tables() {}

    /// @param includeObject `Object`, `Metadata` or `None`: what of each object its row carries besides the cells
    public static ObjectNode of(ResourceType type, Collection<ObjectNode> objects, String includeObject) {
        List<Cell> cells = type.custom() ? CustomCells.of(type) : BuiltInCells.of(type);
        ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata");
        ArrayNode columns = table.putArray("columnDefinitions");
        cells.forEach(cell -> columns.addObject().put("name", cell.name()).put("type", cell.type())
                .put("format", cell.format()).put("description", cell.description()).put("priority", cell.priority()));
        ArrayNode rows = table.putArray("rows");
        objects.forEach(object -> rows.add(row(cells, object, includeObject)));
        return table;
    }

    private static ObjectNode row(List<Cell> cells, ObjectNode object, String includeObject) {
        ObjectNode row = Json.object();
        ArrayNode values = row.putArray("cells");
        cells.forEach(cell -> values.add(cell.value().apply(object)));
        switch (includeObject) {
            case "Object" -> row.set("object", object);
            case "None" -> row.putNull("object");
            default -> {
                ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion",
                        "meta.k8s.io/v1");
                partial.set("metadata", object.path("metadata"));
                row.set("object", partial);
            }
        }
        return row;
    }
}
