package dev.bellhop.listener.journal.sqlite;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static dev.bellhop.listener.journal.Samples.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory and disk stay bounded, whatever comes in.
class BoundsTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    private SqliteJournal open(long queued, long handOver, RetentionLimits retention) throws IOException {
        return SqliteJournal.open(new SqliteSettings(directory, queued, handOver, Duration.ofSeconds(20),
                _ -> retention,
                1 << 20), clock);
    }

    @Test
    void keepsNoMoreOfABacklogInMemoryThanAllowed() throws Exception {
        long handOver = 1 << 20;
        try (var journal = open(64 << 20, handOver, RetentionLimits.DEFAULT)) {
            var ids = new ArrayList<DeliveryId>();
            for (int round = 0; round < 10; round++) {
                var stages = new ArrayList<CompletionStage<Appended>>();
                for (int i = 0; i < 200; i++) {
                    stages.add(journal.append(accepted(event(clock, "x".repeat(8_000)), "team-a/build")));
                }
                stages.forEach(stage -> ids.addAll(((Appended.Durable) Samples.await(stage)).ids()));
                assertThat(journal.status().handOverBytes()).isLessThanOrEqualTo(handOver);
            }

            var seen = new ArrayList<DeliveryId>();
            while (seen.size() < ids.size()) {
                for (var delivery : journal.claim(64, Gate.OPEN, Duration.ofSeconds(20))) {
                    assertThat(delivery.event().body().bytes()).hasSizeGreaterThan(8_000);
                    seen.add(delivery.id());
                }
            }
            assertThat(seen).isEqualTo(ids);
            assertThat(journal.status().handOverBytes()).isZero();
        }
    }

    @Test
    void refusesEventsWhileTooMuchWaitsForTheDisk() throws Exception {
        try (var journal = open(300_000, 1 << 20, RetentionLimits.DEFAULT)) {
            var stages = new ArrayList<CompletionStage<Appended>>();
            while (journal.status().refused() == 0) {
                stages.add(journal.append(accepted(event(clock, "x".repeat(20_000)), "team-a/build")));
            }

            var refused = stages.stream().map(Samples::await).filter(Appended.Unavailable.class::isInstance).toList();
            assertThat(refused).isNotEmpty().allSatisfy(
                    no -> assertThat(((Appended.Unavailable) no).retryAfter()).isPositive());
            await().until(() -> journal.status().queuedBytes() == 0);
            append(journal, accepted(event(clock, "again"), "team-a/build"));
            assertThat(journal.status().unfinished()).isEqualTo(stages.size() - refused.size() + 1);
        }
    }

    private void finish(SqliteJournal journal, int count) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            append(journal, accepted(event(clock, "n" + i), "team-a/build", "team-a/test"));
            for (var delivery : journal.claim(2, Gate.OPEN, Duration.ofSeconds(20))) {
                settle(journal, clock, delivery, new Outcome.Done(List.of()));
            }
        }
    }

    @Test
    void removesFinishedDeliveriesOverTheNumberOldestFirst() throws Exception {
        try (var journal = open(64 << 20, 1 << 20, new RetentionLimits(Duration.ofDays(7), 20, 1 << 30))) {
            var unfinished = append(journal, accepted(event(clock, "kept"), "team-b/build"));
            journal.claim(1, Gate.OPEN, Duration.ofSeconds(20));
            finish(journal, 150);

            await().until(() -> journal.status().finished() == 20);
            var listed = journal.list(DeliveryQuery.newest(100)).deliveries();
            assertThat(listed).hasSize(21);
            assertThat(listed.getLast().id()).isEqualTo(unfinished.getFirst());
        }
        assertThat(count("event")).isEqualTo(11);
        assertThat(count("delivery")).isEqualTo(21);
    }

    @Test
    void removesFinishedDeliveriesOverTheAgeAndNoUnfinishedOnes() throws Exception {
        try (var journal = open(64 << 20, 1 << 20, new RetentionLimits(Duration.ofDays(7), 1_000, 1 << 30))) {
            finish(journal, 10);
            var unfinished = append(journal, accepted(event(clock, "kept"), "team-b/build")).getFirst();
            journal.claim(1, Gate.OPEN, Duration.ofSeconds(20));
            clock.advance(Duration.ofDays(7).plusSeconds(1));
            finish(journal, 3);

            await().until(() -> journal.status().finished() == 6);
            assertThat(journal.get(unfinished)).isPresent();
        }
    }

    @Test
    void removesFinishedDeliveriesOverTheBytesOfTheirTenantOnly() throws Exception {
        var settings = SqliteSettings.in(directory);
        try (var journal = SqliteJournal.open(new SqliteSettings(directory, settings.maxQueuedBytes(),
                settings.handOverBytes(), Duration.ofSeconds(20), tenant -> new RetentionLimits(Duration.ofDays(7),
                        1_000, tenant.equals("small") ? 10_000 : 1 << 30),
                1 << 20), clock)) {
            for (int i = 0; i < 100; i++) {
                append(journal, accepted(event(clock, "n" + i), "small/build"));
                append(journal, accepted(event(clock, "n" + i), "large/build"));
            }
            while (journal.status().unfinished() > 0) {
                for (var delivery : journal.claim(100, Gate.OPEN, Duration.ofSeconds(20))) {
                    settle(journal, clock, delivery, new Outcome.Done(List.of()));
                }
            }

            await().until(() -> journal.list(DeliveryQuery.newest(1_000).inTenant("small")).deliveries().size() < 20);
            var left = journal.list(DeliveryQuery.newest(1_000).inTenant("small")).deliveries();
            assertThat(left).hasSizeBetween(5, 19);
            assertThat(journal.get(left.getFirst().id()).orElseThrow().event().orElseThrow().body().json().toString())
                    .contains("n99");
            assertThat(journal.list(DeliveryQuery.newest(1_000).inTenant("large")).deliveries()).hasSize(100);
        }
    }

    @Test
    void keepsAnEventUntilItsLastDeliveryGoes() throws Exception {
        var original = new java.util.concurrent.atomic.AtomicReference<DeliveryId>();
        try (var journal = open(64 << 20, 1 << 20, new RetentionLimits(Duration.ofDays(7), 2, 1 << 30))) {
            original.set(append(journal, accepted(event(clock, "replayed"), "team-a/build")).getFirst());
            settle(journal, clock, journal.claim(1, Gate.OPEN, Duration.ofSeconds(20)).getFirst(),
                    new Outcome.Done(List.of()));
            Samples.await(journal.replay(original.get(), "ann"));
            settle(journal, clock, journal.claim(1, Gate.OPEN, Duration.ofSeconds(20)).getFirst(),
                    new Outcome.Done(List.of()));
            append(journal, accepted(event(clock, "other"), "team-a/build"));
            settle(journal, clock, journal.claim(1, Gate.OPEN, Duration.ofSeconds(20)).getFirst(),
                    new Outcome.Done(List.of()));

            await().until(() -> journal.get(original.get()).isEmpty());
            assertThat(journal.get(DeliveryId.of(original.get().event(), 2)).orElseThrow().event()).isPresent();
        }
        assertThat(count("event")).isEqualTo(2);
    }

    private long count(String table) throws Exception {
        try (var writer = new Writer(directory.resolve("journal.db"))) {
            return writer.number("SELECT COUNT(*) FROM " + table);
        }
    }
}
