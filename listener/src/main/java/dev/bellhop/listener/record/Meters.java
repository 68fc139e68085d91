package dev.bellhop.listener.record;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts what happened. Labels are namespaces, outcomes and kinds: their number is bounded by what the admin and the teams
/// write, never by what senders send.
final class Meters {
    private final MeterRegistry registry;
    private final Map<OutcomeOf, Counter> outcomes = new ConcurrentHashMap<>();
    private final Map<String, Counter> created = new ConcurrentHashMap<>();

    private record OutcomeOf(String namespace, String outcome) {}

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(String namespace, String outcome) {
        outcomes.computeIfAbsent(new OutcomeOf(namespace, outcome), key -> Counter.builder("bellhop.outcomes")
                .description("Events by how they ended for a Trigger of the namespace.")
                .tag("namespace", key.namespace).tag("outcome", key.outcome).register(registry)).increment();
    }

    void created(String kind) {
        created.computeIfAbsent(kind, key -> Counter.builder("eventlistener.triggered.resources")
                .description("Objects created, by kind.").tag("kind", key).register(registry)).increment();
    }
}
