package dev.bellhop.listener.source.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.broker.BrokerMessage;
import dev.bellhop.listener.broker.CloudEvent;
import dev.bellhop.spi.source.SourceEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Makes events of Kafka's records.
///
/// @param cloudEvents whether records that are CloudEvents are unwrapped
record KafkaEvents(boolean cloudEvents, Clock clock) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /// The event of a record. A topic that was deleted and made anew counts from 0 again, so the time that the record bears belongs
    /// to the id.
    SourceEvent of(ConsumerRecord<byte[], byte[]> record) {
        var facts = new LinkedHashMap<String, JsonNode>();
        facts.put("topic", JSON.textNode(record.topic()));
        facts.put("partition", JSON.numberNode(record.partition()));
        facts.put("offset", JSON.numberNode(record.offset()));
        if (record.key() != null) {
            facts.put("key", JSON.textNode(new String(record.key(), StandardCharsets.UTF_8)));
        }
        var id = record.topic() + "/" + record.partition() + "/" + record.offset() + "@" + record.timestamp();
        var time = record.timestamp() < 0 ? clock.instant() : Instant.ofEpochMilli(record.timestamp());
        // A record without a value says that its key is gone; to expressions its body is null.
        var body = record.value() == null ? new byte[0] : record.value();
        var message = new BrokerMessage(id, record.topic(), time, facts, headers(record));
        return cloudEvents ? message.unwrapped(CloudEvent.Binding.KAFKA, body) : message.asItIs(body);
    }

    /// Of several headers of one name the last counts, as Kafka has it.
    private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
        var all = new LinkedHashMap<String, String>();
        for (var header : record.headers()) {
            all.put(header.key(), header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8));
        }
        return all;
    }
}
