package dev.bellhop.listener.action.kind;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.AnyJson;

/// The JSON schema of a record whose components carry their descriptions.
final class RecordSchema {
    private RecordSchema() {}

    static ObjectNode of(Class<?> record) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        for (var component : record.getRecordComponents()) {
            var accessor = component.getAccessor();
            var renamed = accessor.getAnnotation(JsonProperty.class);
            var property = component.isAnnotationPresent(AnyJson.class)
                    ? JsonNodeFactory.instance.objectNode().put("x-kubernetes-preserve-unknown-fields", true)
                    : of(component.getGenericType());
            var description = accessor.getAnnotation(JsonPropertyDescription.class);
            if (description != null) {
                property.put("description", description.value());
            }
            properties.set(renamed == null ? component.getName() : renamed.value(), property);
        }
        return schema;
    }

    private static ObjectNode of(Type type) {
        var schema = JsonNodeFactory.instance.objectNode();
        if (type instanceof ParameterizedType generic) {
            var arguments = generic.getActualTypeArguments();
            var value = of(arguments[arguments.length - 1]);
            if (arguments.length == 1) {
                schema.put("type", "array").set("items", value);
            } else {
                schema.put("type", "object").set("additionalProperties", value);
            }
        } else if (type instanceof Class<?> record && record.isRecord()) {
            return of(record);
        } else if (type == JsonNode.class) {
            schema.put("type", "object").put("x-kubernetes-preserve-unknown-fields", true);
        } else if (type == Boolean.class) {
            schema.put("type", "boolean");
        } else if (type == Integer.class || type == Long.class) {
            schema.put("type", "integer");
        } else {
            schema.put("type", "string");
        }
        return schema;
    }
}
