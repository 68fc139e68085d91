package dev.bellhop.listener.source.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import dev.bellhop.listener.broker.Backoff;
import dev.bellhop.listener.broker.Health;
import dev.bellhop.listener.broker.Perseverance;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads topics as a member of a consumer group. Offsets are committed up to the first record that is not kept yet, and not beyond.
final class TopicReader implements RunningSource {
    private static final Duration PATIENCE = Duration.ofSeconds(9);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final KafkaSettings settings;
    private final SourceContext context;
    private final String group;
    private final Health health;
    private final Perseverance loop;

    private TopicReader(KafkaSettings settings, SourceContext context) {
        this.settings = settings;
        this.context = context;
        group = settings.group().orElse(context.namespace() + "." + context.name());
        health = new Health(context::report);
        // Kafka's client waits in a selector, which would hold a carrier of virtual threads.
        loop = new Perseverance(
                Thread.ofPlatform().daemon().name("kafka-" + context.namespace() + "-" + context.name()),
                health, this::session);
    }

    static TopicReader start(KafkaSettings settings, SourceContext context) {
        var reader = new TopicReader(settings, context);
        reader.loop.start();
        return reader;
    }

    private void session(Backoff pace) throws Unreachable, InterruptedException {
        try (var consumer = new KafkaConsumer<byte[], byte[]>(clientSettings())) {
            await(consumer);
            var reading = new Reading(consumer, settings, context, group, health);
            reading.begin();
            pace.reset();
            while (!loop.isStopping()) {
                reading.turn();
            }
            reading.end();
        } catch (WakeupException e) {
            throw new IllegalStateException("nobody wakes this consumer", e);
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) {
            throw settings.access().told(e);
        }
    }

    /// The first thing that is asked of the brokers: whether they are there, let one in, and have the topics.
    private void await(KafkaConsumer<byte[], byte[]> consumer) throws Unreachable {
        var missing = settings.topics().stream().filter(topic -> consumer.partitionsFor(topic, ANSWER).isEmpty())
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new Unreachable("TopicMissing", "Kafka at " + settings.access().where() + " has no topic " + missing
                    + "; make it, or name another in topics");
        }
    }

    private Map<String, Object> clientSettings() throws Unreachable {
        var client = new HashMap<>(settings.access()
                .settings("bellhop-" + context.namespace() + "-" + context.name(), context::secret));
        client.put("group.id", group);
        client.put("enable.auto.commit", false);
        client.put("allow.auto.create.topics", false);
        client.put("auto.offset.reset", settings.fromStart() ? "earliest" : "latest");
        client.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
        client.put("max.poll.records", Reading.MOST_AT_ONCE);
        client.put("fetch.max.bytes", 8 << 20);
        client.put("session.timeout.ms", 15_000);
        client.put("heartbeat.interval.ms", 3_000);
        client.put("default.api.timeout.ms", 15_000);
        // How soon new partitions are seen.
        client.put("metadata.max.age.ms", 60_000);
        client.put("key.deserializer", ByteArrayDeserializer.class);
        client.put("value.deserializer", ByteArrayDeserializer.class);
        return client;
    }

    @Override
    public void close() {
        loop.stop(PATIENCE);
    }
}
