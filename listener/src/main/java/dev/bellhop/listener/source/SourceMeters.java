package dev.bellhop.listener.source;

import java.util.concurrent.atomic.AtomicInteger;

import dev.bellhop.spi.source.Emitted;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// What is counted of sources; by kind, never by object: those may be thousands.
public final class SourceMeters {
    private final MeterRegistry registry;
    private final AtomicInteger running = new AtomicInteger();

    /// Counts in `registry`.
    public SourceMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("bellhop.sources.running", running, AtomicInteger::get)
                .description("EventSources that this process runs").register(registry);
    }

    void running(int sources) {
        running.set(sources);
    }

    /// What became of an event.
    public void emitted(String kind, Emitted emitted) {
        var outcome = switch (emitted) {
            case Emitted.Kept(var takers) -> takers > 0 ? "kept" : "unwanted";
            case Emitted.NotNow _ -> "not_now";
        };
        count(kind, outcome);
    }

    /// A source left something out by a rule of its own.
    public void dropped(String kind) {
        count(kind, "dropped");
    }

    private void count(String kind, String outcome) {
        Counter.builder("bellhop.source.events").tag("kind", kind).tag("outcome", outcome)
                .description(
                        "Events that EventSources brought: kept, unwanted, or not now (they come again); and what they dropped by rules of their own")
                .register(registry).increment();
    }
}
