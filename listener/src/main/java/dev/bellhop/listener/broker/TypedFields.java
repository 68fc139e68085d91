package dev.bellhop.listener.broker;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The fields of a source or action as a record of `api` says them: reads them from JSON, and gives their schema.
///
/// @param type the record
public record TypedFields<T extends Record>(Class<T> type) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    /// The record that `json` says; empty, with a problem in `checks`, when a field has a shape that it cannot have.
    public Optional<T> read(JsonNode json, FieldChecks checks) {
        try {
            return Optional.ofNullable(MAPPER.treeToValue(json, type));
        } catch (JsonMappingException e) {
            var path = new StringBuilder();
            for (var reference : e.getPath()) {
                path.append(reference.getFieldName() == null
                        ? "[" + reference.getIndex() + "]"
                        : (path.isEmpty() ? "" : ".") + reference.getFieldName());
            }
            checks.refuse(path.toString(), e.getOriginalMessage());
            return Optional.empty();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("reading a tree that is already parsed", e);
        }
    }

    /// The fields as an OpenAPI v3 structural schema.
    public ObjectNode schema() {
        return object(type);
    }

    private static ObjectNode object(Class<?> record) {
        var schema = MAPPER.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        for (RecordComponent component : record.getRecordComponents()) {
            var property = of(component.getGenericType());
            var accessor = component.getAccessor();
            var description = described(record, component.getName());
            description.ifPresent(text -> property.put("description", text));
            properties.set(accessor.getName(), property);
        }
        return schema;
    }

    /// The description stands on the constructor's parameter, the field and the accessor; the field has it always.
    private static Optional<String> described(Class<?> record, String name) {
        try {
            return Optional.ofNullable(record.getDeclaredField(name).getAnnotation(JsonPropertyDescription.class))
                    .map(JsonPropertyDescription::value);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(record + " has no field for its component " + name, e);
        }
    }

    private static ObjectNode of(Type type) {
        if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            var array = MAPPER.createObjectNode().put("type", "array");
            array.set("items", of(list.getActualTypeArguments()[0]));
            return array;
        }
        if (type instanceof Class<?> known) {
            if (known.isRecord()) {
                return object(known);
            }
            if (known == String.class) {
                return MAPPER.createObjectNode().put("type", "string");
            }
            if (known == Boolean.class) {
                return MAPPER.createObjectNode().put("type", "boolean");
            }
            if (known == Integer.class || known == Long.class) {
                return MAPPER.createObjectNode().put("type", "integer");
            }
            if (JsonNode.class.isAssignableFrom(known)) {
                return MAPPER.createObjectNode().put("x-kubernetes-preserve-unknown-fields", true);
            }
        }
        throw new IllegalArgumentException("a field of type " + type + " has no schema here");
    }
}
