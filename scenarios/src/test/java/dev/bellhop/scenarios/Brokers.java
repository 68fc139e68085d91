package dev.bellhop.scenarios;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.listener.broker.kafka.KafkaServer;
import dev.bellhop.listener.broker.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// The NATS server and the Kafka broker of the scenarios, started when one first asks for them.
final class Brokers implements AutoCloseable {
    private @Nullable NatsServer nats;
    private @Nullable Connection connection;
    private @Nullable KafkaServer kafka;

    synchronized NatsServer nats() throws Exception {
        if (nats == null) {
            nats = NatsServer.launch();
        }
        return nats;
    }

    synchronized KafkaServer kafka() throws Exception {
        if (kafka == null) {
            kafka = KafkaServer.launch();
        }
        return kafka;
    }

    private synchronized Connection connection() throws Exception {
        if (connection == null) {
            connection = nats().connect();
        }
        return connection;
    }

    /// Makes `stream: {name, subjects}` or `topic: {name, partitions}`.
    void make(JsonNode wanted) throws Exception {
        if (wanted.has("stream")) {
            var stream = wanted.get("stream");
            connection().jetStreamManagement()
                    .addStream(StreamConfiguration.builder().name(stream.path("name").asText())
                            .subjects(stream.path("subjects").valueStream().map(JsonNode::asText).toList()).build());
        } else {
            var topic = wanted.required("topic");
            kafka().makeTopic(topic.path("name").asText(), topic.path("partitions").asInt(1));
        }
    }

    /// Sends `nats: {subject, headers, body}` or `kafka: {topic, key, headers, body}`; a body that is no text goes as JSON.
    void publish(JsonNode message) throws Exception {
        if (message.has("nats")) {
            var nats = message.get("nats");
            var headers = new Headers();
            nats.path("headers").properties()
                    .forEach(header -> headers.add(header.getKey(), header.getValue().asText()));
            connection().publish(nats.path("subject").asText(), headers, bytes(nats));
            connection().flush(java.time.Duration.ofSeconds(10));
        } else {
            publishToTopic(message.required("kafka"));
        }
    }

    private void publishToTopic(JsonNode message) throws Exception {
        try (var producer = kafka().producer()) {
            var key = message.has("key") ? message.get("key").asText().getBytes(StandardCharsets.UTF_8) : null;
            var item = new ProducerRecord<>(message.path("topic").asText(), key, bytes(message));
            message.path("headers").properties().forEach(header -> item.headers().add(header.getKey(),
                    header.getValue().asText().getBytes(StandardCharsets.UTF_8)));
            producer.send(item).get();
        }
    }

    private static byte[] bytes(JsonNode message) {
        var body = message.path("body");
        return (body.isTextual() ? body.textValue() : body.toString()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() throws IOException {
        if (nats != null) {
            nats.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
