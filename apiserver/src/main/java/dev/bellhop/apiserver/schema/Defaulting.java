package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Fills the defaults of a schema into an object.
public final class Defaulting {

    private Defaulting() {}

    /// Fills in place. A null where the schema allows none and has a default gives way to the default.
    public static void fill(JsonNode value, Schema schema) {
        if (value instanceof ObjectNode object) {
            schema.properties().forEach((field, sub) -> fillField(object, field, sub));
            schema.additional().ifPresent(sub -> object.properties().forEach(field -> {
                if (!schema.properties().containsKey(field.getKey())) {
                    fill(field.getValue(), sub);
                }
            }));
        } else if (value.isArray()) {
            schema.items().ifPresent(items -> value.forEach(element -> fill(element, items)));
        }
    }

    private static void fillField(ObjectNode object, String field, Schema schema) {
        JsonNode present = object.get(field);
        if (present != null && present.isNull() && !schema.nullable()) {
            // A null in a field that has no null is as good as absent; without a default it is left for validation.
            if (schema.defaultValue().isEmpty()) {
                return;
            }
            present = null;
        }
        if (present == null && schema.defaultValue().isPresent()) {
            present = schema.defaultValue().get().deepCopy();
            object.set(field, present);
        }
        if (present != null) {
            fill(present, schema);
        }
    }
}
