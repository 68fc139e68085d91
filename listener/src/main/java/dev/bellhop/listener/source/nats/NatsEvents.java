package dev.bellhop.listener.source.nats;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.broker.BrokerMessage;
import dev.bellhop.listener.broker.CloudEvent;
import dev.bellhop.spi.source.SourceEvent;
import io.nats.client.Message;
import io.nats.client.support.NatsJetStreamConstants;

/// Makes events of NATS messages.
///
/// @param cloudEvents whether messages that are CloudEvents are unwrapped
record NatsEvents(boolean cloudEvents, Clock clock) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// The event of a message that passed by. Its id is the one that its publisher gave it, if it did.
    SourceEvent passing(Message message) {
        var headers = headers(message);
        var given = headers.get(NatsJetStreamConstants.MSG_ID_HDR);
        var id = given == null || given.isBlank()
                ? UUID.randomUUID().toString()
                : message.getSubject() + " " + given;
        return event(new BrokerMessage(id, message.getSubject(), clock.instant(), Map.of(), headers), message);
    }

    /// The event of a message of a stream. A stream that was deleted and made anew counts from 1 again, so the time at which it
    /// stored the message belongs to the id.
    SourceEvent stored(Message message) {
        var place = message.metaData();
        var time = place.timestamp().toInstant();
        var facts = new LinkedHashMap<String, JsonNode>();
        facts.put("stream", JSON.textNode(place.getStream()));
        facts.put("sequence", JSON.numberNode(place.streamSequence()));
        facts.put("consumer", JSON.textNode(place.getConsumer()));
        facts.put("deliveries", JSON.numberNode(place.deliveredCount()));
        var id = place.getStream() + "/" + place.streamSequence() + "@" + time.getEpochSecond() + "."
                + time.getNano();
        return event(new BrokerMessage(id, message.getSubject(), time, facts, headers(message)), message);
    }

    private SourceEvent event(BrokerMessage told, Message message) {
        var body = message.getData() == null ? new byte[0] : message.getData();
        return cloudEvents ? told.unwrapped(CloudEvent.Binding.NATS, body) : told.asItIs(body);
    }

    private static Map<String, String> headers(Message message) {
        var all = new LinkedHashMap<String, String>();
        if (message.getHeaders() != null) {
            message.getHeaders().forEach((name, values) -> all.put(name, String.join(", ", values)));
        }
        return all;
    }
}
