package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.client.CustomResource;

/// Reads stored objects into the kinds as Go's `encoding/json` would: field names match in any case. Objects reach a
/// listener from many tenants, so one that cannot be read is a value, [Read.Unreadable], and never breaks the others.
public final class ObjectReader {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private ObjectReader() {}

    /// What reading an object gave.
    public sealed interface Read<T> {
        /// The object, and the paths of fields that its kind does not have, such as `spec.interceptor`.
        record Understood<T>(T object, List<String> unknownFields) implements Read<T> {}

        /// The object has a shape that its kind cannot have; `why` names the field.
        record Unreadable<T>(String why) implements Read<T> {}
    }

    /// Reads `json`, a whole object with `metadata`, as a `kind`.
    public static <T extends CustomResource<?, ?>> Read<T> read(JsonNode json, Class<T> kind) {
        try {
            T object = MAPPER.treeToValue(json, kind);
            return new Read.Understood<>(object, UnknownFields.of(json, object));
        } catch (JsonMappingException e) {
            return new Read.Unreadable<>(path(e.getPath()) + ": " + e.getOriginalMessage());
        } catch (JsonProcessingException e) {
            return new Read.Unreadable<>(e.getOriginalMessage());
        }
    }

    private static String path(List<JsonMappingException.Reference> references) {
        var path = new StringBuilder();
        for (var reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }
}
