package dev.bellhop.listener.journal.stored;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Origin;

/// What the column `origin` tells of an event that a source brought. Its old body lies behind its body, in the same bytes: the
/// two are mostly alike, and so the second costs little when they are deflated together.
///
/// @param oldBodySize in bytes; 0 when there is none
record StoredOrigin(Origin.Sourced origin, int oldBodySize) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final byte[] NOTHING = {};

    /// The bytes of the old body; empty when there is none.
    static byte[] oldBody(Origin.Sourced origin) {
        return origin.oldBody().map(json -> Body.of(json).bytes()).orElse(NOTHING);
    }

    /// What the column holds.
    String json() {
        var json = JsonNodeFactory.instance.objectNode()
                .put("source", origin.source())
                .put("id", origin.id())
                .put("type", origin.type())
                .put("subject", origin.subject())
                .put("time", origin.time().toString());
        json.set("facts", origin.facts());
        if (oldBodySize > 0) {
            json.put("oldBodySize", oldBodySize);
        }
        return json.toString();
    }

    /// What an intact column says; the old body is still to be put in.
    static StoredOrigin read(String column) {
        try {
            var json = JSON.readTree(column);
            var facts = json.path("facts") instanceof ObjectNode object
                    ? object
                    : JsonNodeFactory.instance.objectNode();
            return new StoredOrigin(new Origin.Sourced(json.path("source").asText(), json.path("id").asText(),
                    json.path("type").asText(), json.path("subject").asText(),
                    Instant.parse(json.path("time").asText()), facts, Optional.empty()),
                    json.path("oldBodySize").intValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the origin of an event was stored intact but cannot be read", e);
        }
    }

    /// The origin with its old body.
    Origin with(Optional<JsonNode> oldBody) {
        return new Origin.Sourced(origin.source(), origin.id(), origin.type(), origin.subject(), origin.time(),
                origin.facts(), oldBody);
    }
}
