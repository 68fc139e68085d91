package dev.bellhop.listener.broker;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.spi.source.Payload;
import dev.bellhop.spi.source.SourceEvent;

/// What a broker tells of a message, beside its bytes.
///
/// @param id      names this message among all that the source ever brings
/// @param subject the subject or topic it came by
/// @param time    when the broker kept it, or when it arrived
/// @param facts   what is known of it besides
/// @param headers names as sent
public record BrokerMessage(String id, String subject, Instant time, Map<String, JsonNode> facts,
        Map<String, String> headers) {
    /// `event.type` of a message that is no CloudEvent.
    static final String TYPE = "message";

    /// The event that it brings, taken as it is.
    public SourceEvent asItIs(byte[] body) {
        return new SourceEvent(id, TYPE, subject, time, facts, headers, Payload.of(body), Optional.empty(), Map.of());
    }

    /// The event that it brings: what is in it if it is a CloudEvent, else the message as it is. A CloudEvent is the same
    /// whenever its `source` and `id` are, however often it was published. All of its attributes are the fact `cloudEvent`.
    public SourceEvent unwrapped(CloudEvent.Binding binding, byte[] body) {
        return CloudEvent.of(binding, headers, body).map(this::holding).orElseGet(() -> asItIs(body));
    }

    /// The event that it brings when it holds `event`.
    public SourceEvent holding(CloudEvent event) {
        var all = new LinkedHashMap<>(facts);
        all.put("cloudEvent", JsonNodeFactory.instance.objectNode().setAll(event.attributes()));
        return new SourceEvent(event.text("source") + " " + event.text("id"), event.text("type"),
                event.attributes().containsKey("subject") ? event.text("subject") : subject,
                event.time().orElse(time), all, headers, event.data(), Optional.empty(), Map.of());
    }
}
