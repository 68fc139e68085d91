package dev.bellhop.engine.source;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;

/// The schema of a spec that is a record: its fields with their descriptions, as the CRD has them.
public final class SpecSchema {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SpecSchema() {}

    /// An OpenAPI v3 schema of type object.
    public static ObjectNode of(Class<? extends Record> spec) {
        var schema = JSON.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        for (var component : spec.getRecordComponents()) {
            var property = of(component.getGenericType());
            var description = component.getAccessor().getAnnotation(JsonPropertyDescription.class);
            if (description != null) {
                property.put("description", description.value());
            }
            properties.set(name(component), property);
        }
        return schema;
    }

    private static ObjectNode of(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
            var list = JSON.objectNode().put("type", "array");
            list.set("items", of(generic.getActualTypeArguments()[0]));
            return list;
        }
        if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
            var map = JSON.objectNode().put("type", "object");
            map.set("additionalProperties", of(generic.getActualTypeArguments()[1]));
            return map;
        }
        if (type == JsonNode.class) {
            return JSON.objectNode().put("x-kubernetes-preserve-unknown-fields", true);
        }
        if (type == LabelSelector.class) {
            return of(Selector.class);
        }
        if (type == LabelSelectorRequirement.class) {
            return of(Requirement.class);
        }
        if (type instanceof Class<?> record && record.isRecord()) {
            return of(record.asSubclass(Record.class));
        }
        return JSON.objectNode().put("type", simple(type));
    }

    /// The fields of a [LabelSelector].
    private record Selector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {}

    /// The fields of a [LabelSelectorRequirement].
    private record Requirement(String key, String operator, List<String> values) {}

    private static String simple(Type type) {
        if (type == String.class) {
            return "string";
        }
        if (type == Integer.class || type == Long.class) {
            return "integer";
        }
        if (type == Double.class) {
            return "number";
        }
        return type == Boolean.class ? "boolean" : "object";
    }

    private static String name(RecordComponent component) {
        var property = component.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? component.getName() : property.value();
    }
}
