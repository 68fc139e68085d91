package dev.bellhop.cli.kind;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// A kind of source, filter or action as the commands list it.
record ListedKind(String name, String description, List<Field> fields) {

    /// One of its fields.
    ///
    /// @param name with those it stands in: `catchUp.max`, `headers[].name`
    /// @param type in words, such as `list of strings`
    record Field(String name, String type, String description) {}

    /// The fields of a schema of type object, each before those below it.
    static List<Field> fields(JsonNode schema) {
        var fields = new ArrayList<Field>();
        add("", schema, fields);
        return List.copyOf(fields);
    }

    private static void add(String path, JsonNode schema, List<Field> fields) {
        schema.path("properties").properties().forEach(property -> {
            var name = path + property.getKey();
            var field = property.getValue();
            fields.add(new Field(name, type(field), field.path("description").asText()));
            add(name + ".", field, fields);
            add(name + "[].", field.path("items"), fields);
        });
    }

    private static String type(JsonNode schema) {
        var type = schema.path("type").asText("any");
        if (type.equals("array")) {
            return "list of " + plural(type(schema.path("items")));
        }
        return schema.has("additionalProperties")
                ? "map of " + plural(type(schema.path("additionalProperties")))
                : type;
    }

    private static String plural(String type) {
        return type.equals("any")
                ? "anything"
                : type.replaceFirst("^(list|map)\\b", "$1s").replaceFirst("^(\\w+)$", "$1s");
    }
}
