package dev.bellhop.listener.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.event.Origin;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Redelivery;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal that an earlier version wrote is read, worked off and extended by this one.
class MigrationTest {
    private static final DeliveryId DONE = new DeliveryId("019ca945-0a00-7069-9972-ed824d5c610e.1");
    private static final DeliveryId DEAD = new DeliveryId("019ca945-0a00-7f6d-a6f5-3b6d86d709fa.1");

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    private void write(int version) throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(dump(version));
        }
    }

    private static String dump(int version) {
        try (var in = MigrationTest.class.getResourceAsStream("version-" + version + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void keepsEverythingThatVersion1Wrote() throws Exception {
        write(1);
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), clock)) {
            assertThat(journal.list(DeliveryQuery.newest(10)).deliveries()).extracting(DeliverySummary::state)
                    .containsExactly(DeliveryState.PENDING, DeliveryState.PENDING, DeliveryState.RETRYING,
                            DeliveryState.DEAD, DeliveryState.DONE);
            assertThat(journal.get(DONE).orElseThrow().summary().created()).extracting(ObjectRef::name)
                    .containsExactly("build-1");
            assertThat(journal.get(DEAD).orElseThrow().failures()).extracting(FailedTry::why)
                    .containsExactly("busy", "forbidden");
            assertThat(journal.backlog().ofTenant("team-b").deliveries()).isEqualTo(2);
            assertThat(journal.backlog().ofTenant("team-b").bytes()).isGreaterThan(500);
            clock.advance(Duration.ofSeconds(30));
            var claimed = new ArrayList<Delivery>();
            while (claimed.size() < 3) {
                claimed.addAll(journal.claim(10, Gate.OPEN, Duration.ofSeconds(20)));
            }
            assertThat(claimed).extracting(d -> d.event().body().json().path("text").textValue())
                    .containsExactlyInAnyOrder("pending", "pending", "retrying");
            assertThat(claimed).extracting(Delivery::attempt).containsExactlyInAnyOrder(1, 1, 2);
            assertThat(claimed).filteredOn(d -> d.id().number() == 1 && d.attempt() == 1).singleElement()
                    .satisfies(d -> assertThat(d.extensions().path("a").intValue()).isEqualTo(1));
            assertThat(journal.status().corrupt()).isZero();
        }
    }

    @Test
    void redeliversAndReplaysWhatVersion1Finished() throws Exception {
        write(1);
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), clock)) {
            assertThat(Samples.await(journal.redeliver(DEAD, "ann"))).isEqualTo(new Redelivery.Queued(DEAD));
            assertThat(Samples.await(journal.replay(DONE, "ann")))
                    .isEqualTo(new Redelivery.Queued(DeliveryId.of(DONE.event(), 2)));
            assertThat(journal.backlog().ofTenant("team-a").deliveries()).isEqualTo(3);
        }
    }

    @Test
    void keepsEverythingThatVersion2WroteAndRemembers() throws Exception {
        write(2);
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), clock)) {
            assertThat(journal.list(DeliveryQuery.newest(10)).deliveries()).extracting(DeliverySummary::state)
                    .containsExactly(DeliveryState.PENDING, DeliveryState.DONE);
            var pending = journal.claim(10, Gate.OPEN, Duration.ofSeconds(20)).getFirst();
            assertThat(pending.event().body().json().path("text").textValue()).isEqualTo("pending");
            assertThat(pending.event().origin()).isEqualTo(Origin.HTTP);
            assertThat(pending.door()).isEqualTo(Samples.LISTENER);
            assertThat(pending.dedup()).isPresent();
            assertThat(pending.concurrency()).isPresent();
            Samples.await(journal.remember(new Remembered("u1", Map.of("k", Optional.of(new byte[]{1})))));
            assertThat(journal.recall("u1", "k")).isPresent();
            assertThat(journal.status().corrupt()).isZero();
        }
    }
}
