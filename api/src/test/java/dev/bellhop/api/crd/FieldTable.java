package dev.bellhop.api.crd;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/// The fields of a kind as a Markdown table, one row per field, in the order of declaration.
final class FieldTable {
    private static final Map<String, String> PLURALS = Map.of("object", "objects", "string", "strings");
    private static final int MOST_REPEATED = 10;

    /// By the schema of a list's items, where it was described.
    private final Map<JSONSchemaProps, String> described = new HashMap<>();

    private FieldTable() {}

    static String of(JSONSchemaProps schema) {
        return Stream.concat(Stream.of("| Field | Type | Meaning |", "|---|---|---|"),
                new FieldTable().rows("", schema)).collect(Collectors.joining("\n", "", "\n"));
    }

    private Stream<String> rows(String parent, JSONSchemaProps schema) {
        return schema.getProperties().entrySet().stream().flatMap(property -> {
            var path = parent + property.getKey();
            var value = property.getValue();
            var meaning = value.getDescription().replace("|", "\\|");
            var before = value.getItems() == null ? null : described.get(value.getItems().getSchema());
            if (before != null) {
                return Stream.of("| `%s` | %s | %s Its fields are those of `%s`. |".formatted(path, type(value),
                        meaning, before));
            }
            return Stream.concat(Stream.of("| `%s` | %s | %s |".formatted(path, type(value), meaning)),
                    rowsBelow(path, value));
        });
    }

    private Stream<String> rowsBelow(String path, JSONSchemaProps value) {
        if (value.getItems() == null) {
            return rows(path + ".", value);
        }
        var items = value.getItems().getSchema();
        // What is short may as well be said twice.
        if (items.getProperties().size() > MOST_REPEATED) {
            described.put(items, path + "[]");
        }
        return rows(path + "[].", items);
    }

    private static String type(JSONSchemaProps value) {
        List<JsonNode> values = value.getEnum();
        if (!values.isEmpty()) {
            return values.stream().map(one -> "`" + one.asText() + "`").collect(Collectors.joining(", "));
        } else if (value.getType() == null) {
            return "any JSON";
        } else if (value.getItems() != null) {
            return "list of " + PLURALS.get(value.getItems().getSchema().getType());
        } else if (value.getAdditionalProperties() != null) {
            return "map of " + PLURALS.get(value.getAdditionalProperties().getSchema().getType());
        }
        return "date-time".equals(value.getFormat()) ? "time" : value.getType();
    }
}
