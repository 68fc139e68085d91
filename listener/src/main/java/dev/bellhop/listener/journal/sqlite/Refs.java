package dev.bellhop.listener.journal.sqlite;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.listener.journal.ObjectRef;

/// The objects that a delivery made, as its row holds them.
final class Refs {
    private static final JsonMapper JSON = new JsonMapper();
    private static final TypeReference<List<ObjectRef>> LIST = new TypeReference<>() {};

    private Refs() {}

    static String toJson(List<ObjectRef> refs) {
        try {
            return JSON.writeValueAsString(refs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    static List<ObjectRef> fromJson(String json) {
        try {
            return JSON.readValue(json, LIST);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the journal's list of created objects cannot be read", e);
        }
    }
}
