package dev.bellhop.listener.broker;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// The fields of a source or action as a record of `api` says them: reads them from JSON.
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
}
