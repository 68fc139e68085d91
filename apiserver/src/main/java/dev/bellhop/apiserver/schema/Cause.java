package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.object.Json;

/// What is wrong with one field of an object.
public record Cause(String reason, String field, String message) {

    public static Cause required(String field, String why) {
        return new Cause("FieldValueRequired", field, why.isEmpty() ? "Required value" : "Required value: " + why);
    }

    public static Cause invalid(String field, JsonNode value, String why) {
        return new Cause("FieldValueInvalid", field, "Invalid value: " + shown(value) + ": " + why);
    }

    public static Cause wrongType(String field, JsonNode value, String why) {
        return new Cause("FieldValueTypeInvalid", field, "Invalid value: \"" + typeOf(value) + "\": " + why);
    }

    public static Cause unsupported(String field, JsonNode value, String supported) {
        return new Cause("FieldValueNotSupported", field,
                "Unsupported value: " + shown(value) + ": supported values: " + supported);
    }

    public static Cause forbidden(String field, String why) {
        return new Cause("FieldValueForbidden", field, "Forbidden: " + why);
    }

    public static Cause duplicate(String field, JsonNode value) {
        return new Cause("FieldValueDuplicate", field, "Duplicate value: " + shown(value));
    }

    /// The JSON type of a value by its schema name.
    public static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "object";
            case ARRAY -> "array";
            case STRING, BINARY -> "string";
            case BOOLEAN -> "boolean";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            case NULL, MISSING -> "null";
        };
    }

    private static String shown(JsonNode value) {
        return Json.text(value);
    }
}
