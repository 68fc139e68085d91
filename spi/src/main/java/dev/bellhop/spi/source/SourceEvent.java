package dev.bellhop.spi.source;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// One event as a source brings it: what expressions see as `event`, `body`, `raw`, `oldBody` and `header`.
///
/// @param id       the same whenever the source brings this event again, and no other event's: by it duplicates are known
/// @param type     `event.type`, such as `update` or `com.example.order.created`
/// @param subject  `event.subject`: what it is about, such as a topic or an object; may be empty
/// @param time     `event.time`: when it happened, as far as the source knows
/// @param facts    more of `event`, by name: what the source knows besides, such as `cluster` or `partition`
/// @param headers  `header`: as sent, names in any case; values of credentials must not be among them
/// @param body     what happened
/// @param oldBody  `oldBody`: what was there before, for a change
/// @param remember what the source's [SourceMemory] holds from now on; written with the event, or, if no Trigger wants it,
///                 without. An empty value removes its key
public record SourceEvent(String id, String type, String subject, Instant time, Map<String, JsonNode> facts,
        Map<String, String> headers, Payload body, Optional<JsonNode> oldBody,
        Map<String, Optional<byte[]>> remember) {
    public SourceEvent {
        if (id.isBlank()) {
            throw new IllegalArgumentException("a source's event needs an id: by it duplicates are known");
        }
        facts = Map.copyOf(facts);
        headers = new LinkedHashMap<>(headers);
        remember = Map.copyOf(remember);
    }
}
