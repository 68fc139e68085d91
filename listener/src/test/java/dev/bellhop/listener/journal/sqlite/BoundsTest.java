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
import dev.bellhop.listener.journal.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Memory and disk stay bounded, whatever comes in.
class BoundsTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    private SqliteJournal open(long queued, long handOver, Retention retention) throws IOException {
        return SqliteJournal.open(new SqliteSettings(directory, queued, handOver, Duration.ofSeconds(20), retention,
                1 << 20), clock);
    }

    @Test
    void keepsNoMoreOfABacklogInMemoryThanAllowed() throws Exception {
        long handOver = 1 << 20;
        try (var journal = open(64 << 20, handOver, Retention.DEFAULT)) {
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
        try (var journal = open(300_000, 1 << 20, Retention.DEFAULT)) {
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
        try (var journal = open(64 << 20, 1 << 20, new Retention(Duration.ofDays(7), 20))) {
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
        try (var journal = open(64 << 20, 1 << 20, new Retention(Duration.ofDays(7), 1_000))) {
            finish(journal, 10);
            var unfinished = append(journal, accepted(event(clock, "kept"), "team-b/build")).getFirst();
            journal.claim(1, Gate.OPEN, Duration.ofSeconds(20));
            clock.advance(Duration.ofDays(7).plusSeconds(1));
            finish(journal, 3);

            await().until(() -> journal.status().finished() == 6);
            assertThat(journal.get(unfinished)).isPresent();
        }
    }

    private long count(String table) throws Exception {
        try (var writer = new Writer(directory.resolve("journal.db"))) {
            return writer.number("SELECT COUNT(*) FROM " + table);
        }
    }
}
