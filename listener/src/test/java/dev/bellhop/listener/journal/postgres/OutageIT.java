package dev.bellhop.listener.journal.postgres;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.junit.jupiter.api.Test;

/// What a journal does while its server is away, and what servers it refuses.
class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final Clock clock = Clock.systemUTC();

    @Test
    void refusesEventsWhileTheServerIsAwayAndGoesOnAfterwards() throws Exception {
        try (var server = PostgresServer.launch();
                var journal = PostgresJournal.open(PostgresServer.settings(server.newDatabase()), clock)) {
            var id = append(journal, accepted(event(clock, "hello"), "team-a/build")).getFirst();
            append(journal, accepted(event(clock, "waits"), "team-a/test"));
            var running = journal.claim(1, Gate.OPEN, SOON).getFirst();
            server.stop();

            assertThat(Samples.await(journal.append(accepted(event(clock, "lost"), "team-a/build"))))
                    .isInstanceOf(Appended.Unavailable.class);
            await().until(() -> !journal.status().accepting());
            assertThat(journal.status().why().orElseThrow()).contains("database");
            var settled = journal.settle(new Tried(running, clock.instant(), clock.instant(),
                    new Outcome.Done(List.of())));
            assertThatThrownBy(() -> journal.get(id)).hasMessageContaining("cannot be read");
            server.start();

            Samples.await(settled);
            await().until(() -> journal.status().accepting());
            assertThat(journal.get(running.id()).orElseThrow().summary().state()).isEqualTo(DeliveryState.DONE);
            assertThat(journal.claim(1, Gate.OPEN, SOON)).hasSize(1);
            append(journal, accepted(event(clock, "after"), "team-a/build"));
        }
    }

    @Test
    void keepsTheDatabasesTimeWhateverItsOwnClockShows() throws Exception {
        // Months behind.
        var own = new ManualClock();
        try (var server = PostgresServer.launch();
                var journal = PostgresJournal.open(PostgresServer.settings(server.newDatabase()), own)) {
            var id = append(journal, accepted(event(own, "hello"), "team-a/build")).getFirst();
            var acceptedAt = journal.get(id).orElseThrow().summary().acceptedAt();
            assertThat(Duration.between(acceptedAt, clock.instant()).abs()).isLessThan(Duration.ofMinutes(1));

            var running = journal.claim(1, Gate.OPEN, SOON).getFirst();
            Samples.settle(journal, own, running,
                    new Outcome.RetryAt(own.instant().plusSeconds(60), "act", "busy", List.of()));
            var due = journal.get(id).orElseThrow().summary().dueAt().orElseThrow();
            assertThat(Duration.between(clock.instant(), due)).isBetween(Duration.ofSeconds(20),
                    Duration.ofSeconds(90));
        }
    }

    @Test
    void saysWhatIsWrongWithTheUrl() {
        assertThatThrownBy(() -> PostgresServer.settings("jdbc:mysql://db/x")).hasMessageContaining("jdbc:postgresql");
        assertThatThrownBy(() -> PostgresServer.settings("jdbc:postgresql://db/x?user=a&password=s3cr3t"))
                .hasMessageContaining("must not hold a password").hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> PostgresJournal.open(
                PostgresServer.settings("jdbc:postgresql://127.0.0.1:1/journal?connectTimeout=1"), clock))
                .hasMessageContaining("cannot open the journal at jdbc:postgresql://127.0.0.1:1/journal")
                .hasMessageNotContaining("connectTimeout");
    }
}
