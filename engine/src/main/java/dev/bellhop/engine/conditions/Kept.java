package dev.bellhop.engine.conditions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;

/// What is kept of an event that waits for others: what bindings and actions may ask for.
public record Kept(Instant receivedAt, JsonNode body, ObjectNode event, ObjectNode extensions) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
    private static final TypeReference<ObjectNode> OBJECT = new TypeReference<>() {};

    /// Of an event that the interceptors let go on with `extensions`.
    public static Kept of(Event event, ObjectNode extensions) {
        var facts = JsonNodeFactory.instance.objectNode().put("id", event.id().value());
        switch (event.origin()) {
            case Origin.Http _ -> facts.put("source", "http").put("time", event.receivedAt().toString());
            case Origin.Sourced sourced -> {
                facts.put("source", sourced.source()).put("type", sourced.type()).put("subject", sourced.subject())
                        .put("time", sourced.time().toString());
                sourced.facts().properties().forEach(fact -> facts.putIfAbsent(fact.getKey(), fact.getValue()));
            }
        }
        return new Kept(event.receivedAt(), event.body().json(), facts, extensions);
    }

    /// Reads what [#bytes] wrote.
    public static Kept read(byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            return new Kept(Instant.parse(json.path("receivedAt").asText()), json.path("body"),
                    JSON.convertValue(json.path("event"), OBJECT), JSON.convertValue(json.path("extensions"), OBJECT));
        } catch (IOException e) {
            throw new UncheckedIOException("what was kept of an event cannot be read", e);
        }
    }

    /// To be kept.
    public byte[] bytes() {
        var json = JsonNodeFactory.instance.objectNode().put("receivedAt", receivedAt.toString());
        json.set("body", body);
        json.set("event", event);
        json.set("extensions", extensions);
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }
}
