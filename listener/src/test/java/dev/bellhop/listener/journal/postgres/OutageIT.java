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
import java.util.Map;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a journal does while its server is away, and what servers it refuses.
class OutageIT {
    private static final Duration SOON = Duration.ofSeconds(20);
    private final Clock clock = Clock.systemUTC();

    @RegisterExtension
    final EmptyDatabase database = new EmptyDatabase();

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
            assertThatThrownBy(() -> Samples.await(journal.remember(new Remembered("u1", Map.of()))))
                    .hasRootCauseInstanceOf(NotRemembered.class);
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
    void doesNotAcknowledgeWhatNoStandbyConfirmed() throws Exception {
        try (var server = PostgresServer.launch();
                var journal = PostgresJournal.open(patient(server.newDatabase()), clock)) {
            append(journal, accepted(event(clock, "hello"), "team-a/build"));
            server.execute("ALTER SYSTEM SET synchronous_standby_names='away'", "SELECT pg_reload_conf()");
            await().until(() -> server.ask("SHOW synchronous_standby_names").equals("away"));

            var answer = journal.append(accepted(event(clock, "half"), "team-a/build")).toCompletableFuture();
            // An admin who has seen it hang ends the wait: the commit succeeds then.
            await().atMost(SOON).until(() -> {
                server.execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event='SyncRep'");
                return answer.isDone();
            });
            assertThat(answer.join()).isInstanceOfSatisfying(Appended.Unavailable.class,
                    no -> assertThat(no.why()).contains("not safe"));
            server.execute("ALTER SYSTEM RESET synchronous_standby_names", "SELECT pg_reload_conf()");

            await().atMost(SOON).until(() -> journal.status().accepting());
            append(journal, accepted(event(clock, "after"), "team-a/build"));
        }
    }

    /// Waits for the database longer than these tests take.
    private static PostgresSettings patient(String url) {
        var plain = PostgresServer.settings(url);
        return new PostgresSettings(plain.url(), plain.login(), plain.replica(), plain.maxQueuedBytes(),
                plain.handOverBytes(), Duration.ofMinutes(1), plain.lease(), plain.retention());
    }

    @Test
    void keepsTheDatabasesTimeWhateverItsOwnClockShows() throws Exception {
        // Months behind.
        var own = new ManualClock();
        try (var journal = PostgresJournal.open(PostgresServer.settings(database.url()), own)) {
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

    @Test
    void refusesADatabaseThatCannotStoreEveryText() throws Exception {
        try (var connection = PostgresServer.connect(database.url()); var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0");
        }
        var ascii = database.url().replaceFirst("[^/]*$", "ascii");

        assertThatThrownBy(() -> PostgresJournal.open(PostgresServer.settings(ascii), clock))
                .hasMessageContaining("the database's encoding is SQL_ASCII");
    }
}
