package dev.bellhop.listener.broker.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import dev.bellhop.listener.broker.SecretReader;
import dev.bellhop.listener.broker.SecretSnapshot;
import dev.bellhop.listener.broker.SharedConnections;
import dev.bellhop.listener.broker.Unreachable;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Publishes to Kafka, through producers that the records of a tenant share. They are idempotent: what the client itself sends
/// again is there once. What a later try sends again bears the same `Idempotency-Key`.
public final class KafkaPublisher implements AutoCloseable {
    private static final int MOST = 50;
    private static final Duration IDLE = Duration.ofMinutes(2);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int BUFFER = 8 << 20;

    private final SharedConnections<Key, Producer<byte[], byte[]>> producers = new SharedConnections<>(MOST, IDLE,
            _ -> true);

    private record Key(String tenant, KafkaAccess access, SecretSnapshot secrets, Duration timeout) {}

    /// What is published.
    ///
    /// @param id the same for every try
    public record Content(String topic, Optional<String> key, Map<String, String> headers, String body, String id) {}

    /// Publishes and waits until all replicas in sync have it. Returns where it is: `partition 2, offset 7`.
    ///
    /// @param timeout at most a minute
    public String publish(String tenant, KafkaAccess access, SecretReader secrets, Content content, Duration timeout)
            throws Unreachable, InterruptedException {
        var snapshot = SecretSnapshot.of(access.secrets(), secrets);
        var patience = timeout.compareTo(LONGEST) > 0 ? LONGEST : timeout;
        return producers.use(new Key(tenant, access, snapshot, patience),
                () -> open(tenant, access, snapshot, patience), producer -> {
                    try {
                        var there = producer.send(record(content)).get();
                        return "partition " + there.partition() + ", offset " + there.offset();
                    } catch (ExecutionException e) {
                        throw access.told(e.getCause() instanceof KafkaException failure
                                ? failure
                                : new KafkaException(e.getCause()));
                    } catch (InterruptException e) {
                        throw new InterruptedException(e.getMessage());
                    } catch (KafkaException e) {
                        throw access.told(e);
                    }
                });
    }

    private static Producer<byte[], byte[]> open(String tenant, KafkaAccess access, SecretReader secrets,
            Duration timeout) throws Unreachable {
        var settings = access.settings("bellhop-" + tenant, secrets);
        settings.put("acks", "all");
        settings.put("enable.idempotence", true);
        settings.put("buffer.memory", BUFFER);
        settings.put("linger.ms", 0);
        settings.put("max.block.ms", timeout.toMillis());
        settings.put("request.timeout.ms", (int) timeout.toMillis());
        settings.put("delivery.timeout.ms", (int) timeout.toMillis());
        try {
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw access.told(e);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Content content) {
        var body = content.body.getBytes(StandardCharsets.UTF_8);
        var record = content.key.isPresent()
                ? new ProducerRecord<>(content.topic, content.key.get().getBytes(StandardCharsets.UTF_8), body)
                : new ProducerRecord<byte[], byte[]>(content.topic, body);
        record.headers().add("Idempotency-Key", content.id.getBytes(StandardCharsets.UTF_8));
        content.headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    @Override
    public void close() {
        producers.close();
    }
}
