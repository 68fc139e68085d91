package dev.bellhop.listener.source.kafka;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.bellhop.listener.broker.Health;
import dev.bellhop.listener.broker.Unreachable;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connected consumer: takes records, hands them over, and commits what is kept. Belongs to one thread; only the answers of
/// handed-over events come from others, by way of a queue.
final class Reading {
    /// How many records one turn takes at most.
    static final int MOST_AT_ONCE = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    private static final int UNANSWERED = 500;
    private static final Duration WAIT = Duration.ofMillis(100);
    private static final Duration COMMIT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaSettings settings;
    private final SourceContext context;
    private final String group;
    private final Health health;
    private final KafkaEvents events;
    private final Map<TopicPartition, Progress> progress = new HashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final Queue<Postponed> postponed = new ArrayDeque<>();
    private int unanswered;
    private boolean isPaused;
    private long committedAt = System.nanoTime();
    private long respondedAt = System.nanoTime();
    private double responses;

    /// What became of a handed-over record. `progress` is the one it was taken under: after a rebalance it may be nobody's.
    private record Answer(Progress progress, TopicPartition partition, long offset, SourceEvent event,
            Emitted emitted) {}

    /// A record to be handed over again.
    private record Postponed(Progress progress, TopicPartition partition, long offset, SourceEvent event, long dueAt) {}

    Reading(KafkaConsumer<byte[], byte[]> consumer, KafkaSettings settings, SourceContext context, String group,
            Health health) {
        this.consumer = consumer;
        this.settings = settings;
        this.context = context;
        this.group = group;
        this.health = health;
        events = new KafkaEvents(settings.cloudEvents(), context.clock());
    }

    void begin() {
        consumer.subscribe(settings.topics(), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                assigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                handBack(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                // Somebody else reads them already: what is under way here comes twice, under the same ids.
                progress.keySet().removeAll(partitions);
            }
        });
    }

    /// Takes what is there, settles what is answered, and commits now and then.
    void turn() {
        for (var record : consumer.poll(unanswered > 0 || !postponed.isEmpty() ? WAIT.dividedBy(5) : WAIT)) {
            var partition = new TopicPartition(record.topic(), record.partition());
            var mine = progress.computeIfAbsent(partition, _ -> new Progress(record.offset()));
            mine.taken(record.offset());
            unanswered++;
            handOver(mine, partition, record.offset(), events.of(record));
        }
        settle();
        bringAgain();
        pauseOrResume();
        if (System.nanoTime() - committedAt > COMMIT.toNanos()) {
            committedAt = System.nanoTime();
            commit();
            tellHealth();
        }
    }

    /// Waits a little for what is under way and commits it.
    void end() {
        awaitAnswers(progress.keySet());
        commitNow(progress.keySet());
    }

    private void handOver(Progress mine, TopicPartition partition, long offset, SourceEvent event) {
        context.emit(event).whenComplete((emitted, failure) -> {
            if (failure != null) {
                LOG.atError().setCause(failure).log("An event of Kafka could not be handed over");
            }
            answers.add(new Answer(mine, partition, offset, event,
                    failure == null ? emitted : new Emitted.NotNow(failure.toString(), AFTER_FAILURE)));
        });
    }

    private void settle() {
        for (var answer = answers.poll(); answer != null; answer = answers.poll()) {
            switch (answer.emitted) {
                case Emitted.Kept _ -> {
                    unanswered--;
                    answer.progress.kept(answer.offset);
                }
                case Emitted.NotNow(var _, var retryAfter) -> postponed.add(new Postponed(answer.progress,
                        answer.partition, answer.offset, answer.event, System.nanoTime() + retryAfter.toNanos()));
            }
        }
    }

    private void bringAgain() {
        for (int i = postponed.size(); i > 0; i--) {
            var next = postponed.remove();
            if (progress.get(next.partition) != next.progress) {
                // The partition is another member's now, and so is the record.
                unanswered--;
            } else if (System.nanoTime() - next.dueAt < 0) {
                postponed.add(next);
            } else {
                handOver(next.progress, next.partition, next.offset, next.event);
            }
        }
    }

    /// Partitions stay assigned while they are paused, and polling goes on: the group sees a living member.
    private void pauseOrResume() {
        if (!isPaused && unanswered >= UNANSWERED) {
            isPaused = true;
            consumer.pause(consumer.assignment());
        } else if (isPaused && unanswered < UNANSWERED / 2) {
            isPaused = false;
            consumer.resume(consumer.paused());
        }
    }

    /// A group that begins at the end commits that at once: were it to die before its first record, its successor would begin at
    /// another end, and what came between would be lost.
    private void assigned(Collection<TopicPartition> partitions) {
        if (isPaused) {
            consumer.pause(partitions);
        }
        var committed = consumer.committed(Set.copyOf(partitions));
        var first = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            long next = consumer.position(partition);
            progress.put(partition, new Progress(next));
            if (committed.get(partition) == null) {
                first.put(partition, new OffsetAndMetadata(next));
            }
        }
        if (!first.isEmpty()) {
            consumer.commitSync(first);
        }
        tellHealth();
    }

    private void handBack(Collection<TopicPartition> partitions) {
        awaitAnswers(partitions);
        commitNow(partitions);
        progress.keySet().removeAll(partitions);
    }

    private void awaitAnswers(Collection<TopicPartition> partitions) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        settle();
        while (partitions.stream().anyMatch(this::hasUnderWay) && postponed.isEmpty() && System.nanoTime() - end < 0) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            settle();
        }
    }

    private boolean hasUnderWay(TopicPartition partition) {
        var mine = progress.get(partition);
        return mine != null && mine.underWay() > 0;
    }

    private void commit() {
        var due = due(progress.keySet());
        if (!due.isEmpty()) {
            consumer.commitAsync(due, (offsets, failure) -> {
                if (failure == null) {
                    markCommitted(offsets);
                } else {
                    LOG.atDebug().setCause(failure).log("Offsets could not be committed and will be");
                }
            });
        }
    }

    private void commitNow(Collection<TopicPartition> partitions) {
        var due = due(partitions);
        if (due.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(due, PATIENCE);
            markCommitted(due);
        } catch (RetriableException e) {
            LOG.atDebug().setCause(e).log("Offsets could not be committed: records come again, under the same ids");
        } catch (KafkaException e) {
            LOG.atInfo().setCause(e).log("Offsets could not be committed: records come again, under the same ids");
        }
    }

    private Map<TopicPartition, OffsetAndMetadata> due(Collection<TopicPartition> partitions) {
        var due = new HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : partitions) {
            var mine = progress.get(partition);
            if (mine != null) {
                mine.due().ifPresent(offset -> due.put(partition, new OffsetAndMetadata(offset)));
            }
        }
        return due;
    }

    private void markCommitted(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            var mine = progress.get(partition);
            if (mine != null) {
                mine.committed(offset.offset());
            }
        });
    }

    /// Polling says nothing of brokers that are gone. Those that are there answer: heartbeats and fetches, more than once a second.
    private void tellHealth() {
        double now = responses();
        if (now != responses) {
            responses = now;
            respondedAt = System.nanoTime();
        }
        if (System.nanoTime() - respondedAt > SILENCE.toNanos()) {
            health.disconnected(new Unreachable("ConnectionLost", "Kafka at " + settings.access().where()
                    + " does not answer; it is tried again"));
        } else if (consumer.groupMetadata().generationId() >= 0) {
            health.connected("reads " + String.join(", ", settings.topics()) + " in the group " + group);
        }
    }

    private double responses() {
        for (Map.Entry<MetricName, ? extends Metric> metric : consumer.metrics().entrySet()) {
            if (metric.getKey().name().equals("response-total") && metric.getKey().group().equals("consumer-metrics")
                    && metric.getValue().metricValue() instanceof Number count) {
                return count.doubleValue();
            }
        }
        throw new IllegalStateException("Kafka's client no longer counts responses");
    }
}
