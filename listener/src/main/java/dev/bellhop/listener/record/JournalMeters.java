package dev.bellhop.listener.record;

import java.time.Duration;
import java.time.Instant;
import java.util.function.ToDoubleFunction;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.JournalStatus;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/// Shows how the journal fares.
public final class JournalMeters {
    private JournalMeters() {}

    /// Registers a gauge for each number of the journal's status.
    public static void bind(Journal journal, MeterRegistry registry) {
        gauge(journal, registry, "bellhop.deliveries.unfinished", "Deliveries that are neither done nor given up.",
                JournalStatus::unfinished);
        gauge(journal, registry, "bellhop.deliveries.oldest.unfinished.seconds",
                "Age of the oldest unfinished delivery.",
                status -> status.oldestUnfinished().map(at -> Duration.between(at, Instant.now()).toMillis() / 1000.0)
                        .orElse(0.0));
        gauge(journal, registry, "bellhop.deliveries.finished", "Finished deliveries kept for people to see.",
                JournalStatus::finished);
        gauge(journal, registry, "bellhop.journal.queued.bytes",
                "Bytes handed to the journal that are not on disk yet.",
                JournalStatus::queuedBytes);
        gauge(journal, registry, "bellhop.journal.accepting", "1 when an event would be stored now.",
                status -> status.accepting() ? 1 : 0);
        gauge(journal, registry, "bellhop.journal.refused",
                "Events refused since the start because they could not be stored.",
                JournalStatus::refused);
        gauge(journal, registry, "bellhop.journal.corrupt",
                "Deliveries, and entries of what sources remember, found corrupt since the start.",
                JournalStatus::corrupt);
        gauge(journal, registry, "bellhop.journal.quarantined",
                "Journal files set aside as unreadable since the start.",
                JournalStatus::quarantined);
    }

    private static void gauge(Journal journal, MeterRegistry registry, String name, String description,
            ToDoubleFunction<JournalStatus> value) {
        Gauge.builder(name, journal, one -> value.applyAsDouble(one.status())).description(description)
                .register(registry);
    }
}
