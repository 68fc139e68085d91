package dev.bellhop.api.crd;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/// The fields of a kind as a Markdown table, one row per field, in the order of declaration.
final class FieldTable {
    private static final Map<String, String> PLURALS = Map.of("object", "objects", "string", "strings");

    private FieldTable() {}

    static String of(JSONSchemaProps schema) {
        return Stream.concat(Stream.of("| Field | Type | Meaning |", "|---|---|---|"), rows("", schema))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<String> rows(String parent, JSONSchemaProps schema) {
        return schema.getProperties().entrySet().stream().flatMap(property -> {
            var path = parent + property.getKey();
            var value = property.getValue();
            var row = "| `%s` | %s | %s |".formatted(path, type(value), value.getDescription().replace("|", "\\|"));
            return Stream.concat(Stream.of(row), rowsBelow(path, value));
        });
    }

    private static Stream<String> rowsBelow(String path, JSONSchemaProps value) {
        return value.getItems() == null
                ? rows(path + ".", value)
                : rows(path + "[].", value.getItems().getSchema());
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
