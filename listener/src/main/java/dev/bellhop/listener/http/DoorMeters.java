package dev.bellhop.listener.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Counts events at the door, under the names that dashboards for Tekton Triggers know. Requests that lead to no EventListener
/// are not events.
final class DoorMeters {
    private static final Duration[] BUCKETS = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
            Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(2500), Duration.ofSeconds(5),
            Duration.ofSeconds(10)};

    private final MeterRegistry registry;
    private final Map<Integer, Counter> answers = new ConcurrentHashMap<>();
    private final Counter succeeded;
    private final Counter failed;
    private final Timer duration;

    DoorMeters(MeterRegistry registry, InFlight inFlight) {
        this.registry = registry;
        succeeded = received(registry, "succeeded");
        failed = received(registry, "failed");
        duration = Timer.builder("eventlistener.http.duration")
                .description("From the headers of an event to its answer.")
                .serviceLevelObjectives(BUCKETS).register(registry);
        Gauge.builder("bellhop.inflight.bytes", inFlight, InFlight::held)
                .description("Bytes held by requests that are being read or answered.").register(registry);
    }

    private static Counter received(MeterRegistry registry, String status) {
        return Counter.builder("eventlistener.event.received")
                .description("Events received by an EventListener: succeeded when answered 202.")
                .tag("status", status).register(registry);
    }

    private Counter answersWith(int status) {
        return Counter.builder("bellhop.answers").description("Events by the HTTP status of the answer.")
                .tag("code", Integer.toString(status)).register(registry);
    }

    /// An event got its answer; it had begun to arrive at `startedAt`, in nanoseconds of [System#nanoTime()].
    void answered(Answer answer, long startedAt) {
        duration.record(System.nanoTime() - startedAt, TimeUnit.NANOSECONDS);
        answers.computeIfAbsent(answer.status(), this::answersWith).increment();
        if (answer instanceof Answer.Accepted) {
            succeeded.increment();
        } else {
            failed.increment();
        }
    }
}
