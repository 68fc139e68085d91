package dev.bellhop.listener.journal.sqlite;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static dev.bellhop.listener.journal.Samples.settle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when the files are not what was written.
class DamageTest {
    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();

    private SqliteJournal open() throws IOException {
        return SqliteJournal.open(SqliteSettings.in(directory), clock);
    }

    private void change(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void setsAFileAsideThatIsNoDatabaseAndBeginsAnew() throws Exception {
        try (var journal = open()) {
            append(journal, accepted(event(clock, "hello"), "team-a/build"));
        }
        try (var file = new RandomAccessFile(directory.resolve("journal.db").toFile(), "rw")) {
            file.write("not a database any more".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        }

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isEqualTo(1);
            assertThat(journal.list(DeliveryQuery.newest(10)).deliveries()).isEmpty();
            append(journal, accepted(event(clock, "hello again"), "team-a/build"));
        }
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("journal.db", "journal.db.corrupt-20260301T120000.000Z");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE event SET body=CAST(X'7B7D' AS BLOB), deflated=0, size=2 WHERE seq=1",
            "UPDATE event SET body=zeroblob(length(body)) WHERE seq=1", "UPDATE event SET size=2000000000 WHERE seq=1",
            "UPDATE event SET size=-1 WHERE seq=1", "UPDATE event SET headers='{}' WHERE seq=1",
            "UPDATE event SET id='other' WHERE seq=1", "UPDATE event SET origin='{}' WHERE seq=1",
            "UPDATE event SET url='/other' WHERE seq=1",
            "UPDATE delivery SET trigger_name='other' WHERE seq=1", "UPDATE delivery SET id='?' WHERE seq=1",
            "UPDATE extension SET json='{\"a\":2}' WHERE delivery=1", "UPDATE extension SET json='{' WHERE delivery=1",
            "DELETE FROM extension WHERE delivery=1", "DELETE FROM event WHERE seq=1",
            "UPDATE delivery SET dedup_key='d2' WHERE seq=1", "UPDATE delivery SET dedup_key=NULL WHERE seq=1",
            "UPDATE delivery SET dedup_window=1 WHERE seq=1", "UPDATE delivery SET concurrency_key='k2' WHERE seq=1",
            "UPDATE delivery SET concurrency_policy=2 WHERE seq=1", "UPDATE delivery SET replay_of='a.1' WHERE seq=1",
            "UPDATE delivery SET trigger_uid='other' WHERE seq=1", "UPDATE delivery SET tenant='other' WHERE seq=1",
            "UPDATE delivery SET state=1 WHERE seq=1", "UPDATE delivery SET state=8 WHERE seq=1",
            "UPDATE delivery SET due=due-1 WHERE seq=1", "UPDATE delivery SET attempts=1 WHERE seq=1",
            "UPDATE delivery SET created='[]', created_crc=1 WHERE seq=1"})
    void setsADamagedDeliveryAsideAndServesTheRest(String damage) throws Exception {
        try (var journal = open()) {
            append(journal, new dev.bellhop.listener.journal.Accepted(event(clock, "first ".repeat(500)),
                    List.of(new NewDelivery(Samples.LISTENER, new ObjectName("team-a", "build"), "uid-build",
                            Samples.none().put("a", 1), Optional.of(new DedupKey("d1", Duration.ofHours(1))),
                            Optional.of(new Concurrency("k1", Concurrency.Policy.QUEUE))))));
            append(journal, accepted(event(clock, "second"), "team-a/build"));
        }
        change(damage);

        try (var journal = open()) {
            var texts = new ArrayList<String>();
            Awaitility.await().until(() -> {
                for (Delivery delivery : journal.claim(10, Gate.OPEN, Duration.ofMillis(20))) {
                    texts.add(delivery.event().body().json().path("text").textValue());
                }
                // A claim may end before what is damaged lets the rest be found.
                return journal.status().corrupt() == 1 && journal.status().unfinished() == 1 && !texts.isEmpty();
            });

            assertThat(texts).containsExactly("second");
            assertThat(journal.claim(10, Gate.OPEN, Duration.ofMillis(20))).isEmpty();
            var corrupt = journal.list(DeliveryQuery.newest(10).thatAre(DeliveryState.CORRUPT)).deliveries();
            assertThat(corrupt).extracting(DeliverySummary::why).allMatch(why -> why.orElse("").contains("not"));
            corrupt.forEach(summary -> assertThat(journal.get(summary.id())).isNotNull());
        }
        try (var journal = open()) {
            assertThat(journal.status().unfinished()).isEqualTo(1);
            assertThat(journal.status().finished()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE event SET body=zeroblob(length(body)) WHERE seq=1",
            "UPDATE event SET headers='{}' WHERE seq=1", "UPDATE delivery SET why='other' WHERE seq=1",
            "UPDATE delivery SET state=10 WHERE seq=1", "UPDATE delivery SET created='[]' WHERE seq=1",
            "UPDATE delivery SET finished_at=1 WHERE seq=1", "UPDATE delivery SET listener_name='x' WHERE seq=1",
            "UPDATE failure SET why='other' WHERE delivery=1"})
    void tellsPeopleWhatIsDamagedOfHistoryAndCountsItOnce(String damage) throws Exception {
        DeliveryId id;
        try (var journal = open()) {
            id = append(journal, accepted(event(clock, "first"), "team-a/build")).getFirst();
            append(journal, accepted(event(clock, "second"), "team-a/build"));
            for (var delivery : journal.claim(10, Gate.OPEN, Duration.ofSeconds(20))) {
                settle(journal, clock, delivery, new Outcome.Dead("act", "forbidden",
                        List.of(new ObjectRef("v1", "Pod", "team-a", "p", "u"))));
            }
        }
        change(damage);

        try (var journal = open()) {
            for (int i = 0; i < 2; i++) {
                assertThat(journal.list(DeliveryQuery.newest(10)).deliveries()).hasSize(2);
                var history = journal.get(id).orElseThrow();
                assertThat(history.summary().state() == DeliveryState.CORRUPT || history.event().isEmpty()
                        || history.failures().getFirst().step().equals("journal")).isTrue();
                assertThat(journal.status().corrupt()).isEqualTo(1);
            }
            assertThat(journal.list(DeliveryQuery.newest(1)).deliveries().getFirst().state())
                    .isEqualTo(DeliveryState.DEAD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE memory SET value=X'00' WHERE key=CAST('b' AS BLOB)",
            "UPDATE memory SET key=CAST('c' AS BLOB) WHERE key=CAST('b' AS BLOB)",
            "UPDATE memory SET crc=crc+1 WHERE key=CAST('b' AS BLOB)"})
    void passesOverWhatASourceRemembersThatTheDiskHasChanged(String damage) throws Exception {
        rememberThree();
        change(damage);

        assertThatBIsPassedOver();
    }

    @Test
    void passesOverWhatASourceRemembersWithAFlippedBit() throws Exception {
        rememberThree();
        var file = directory.resolve("journal.db");
        var text = Files.readString(file, StandardCharsets.ISO_8859_1);
        flip(file, text.indexOf("value of b"));

        assertThatBIsPassedOver();
    }

    private void rememberThree() throws IOException {
        try (var journal = open()) {
            for (var key : List.of("a", "b", "d")) {
                Samples.await(journal.remember(new Remembered("u1",
                        Map.of(key, Optional.of(("value of " + key).getBytes(StandardCharsets.UTF_8))))));
            }
        }
    }

    private void assertThatBIsPassedOver() throws IOException {
        try (var journal = open()) {
            for (int i = 0; i < 2; i++) {
                var seen = new ArrayList<String>();
                journal.recallAll("u1", "", (key, _) -> seen.add(key));
                assertThat(seen).containsExactly("a", "d");
                assertThat(journal.recall("u1", "b")).isEmpty();
                assertThat(journal.status().corrupt()).isEqualTo(1);
            }
            Samples.await(journal.remember(new Remembered("u1", Map.of("b", Optional.of(new byte[]{1})))));
            assertThat(journal.recall("u1", "b")).isPresent();
        }
    }

    @Test
    void makesAnIndexAnewThatDoesNotFitItsTable() throws Exception {
        try (var journal = open()) {
            append(journal, accepted(event(clock, "first"), "team-a/build"));
            append(journal, accepted(event(clock, "second"), "team-a/build"));
        }
        flip(directory.resolve("journal.db"), endOfPage("delivery_unfinished_by_time") - 1);

        try (var journal = open()) {
            for (var delivery : journal.claim(10, Gate.OPEN, Duration.ofSeconds(20))) {
                journal.settle(new Tried(delivery, clock.instant(), clock.instant(), new Outcome.Done(List.of())));
            }
            Awaitility.await().until(() -> journal.status().finished() == 2);
            assertThat(journal.status().corrupt()).isEqualTo(1);
            assertThat(journal.status().oldestUnfinished()).isEmpty();
        }
    }

    @Test
    void opensWithAnIndexMadeAnewThatNamesRowsWhichAreNotThere() throws Exception {
        try (var journal = open()) {
            append(journal, accepted(event(clock, "first"), "team-a/build"));
            append(journal, accepted(event(clock, "second"), "team-a/build"));
        }
        // Of the second entry, which ends where the first begins, the last byte is the row.
        int first = 1 + 4 + "uid-build".length() + 6;
        flip(directory.resolve("journal.db"), endOfPage("delivery_unfinished_by_lane") - first - 1);

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isZero();
            assertThat(journal.status().corrupt()).isEqualTo(1);
            assertThat(journal.claim(10, Gate.OPEN, Duration.ofSeconds(20))).isNotEmpty();
            assertThat(journal.status().unfinished()).isEqualTo(2);
        }
    }

    /// Where the only page of an index ends: there lies the key of its first entry.
    private long endOfPage(String index) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("journal.db"));
                var statement = connection.createStatement();
                var page = statement.executeQuery("SELECT pgoffset+pgsize FROM dbstat WHERE name='" + index + "'")) {
            page.next();
            return page.getLong(1);
        }
    }

    @Test
    void tellsOfADamagedLogWhoseRestIsLost() throws Exception {
        writeLog();
        flip(log(), 32 + 24 + 100);

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isEqualTo(1);
            append(journal, accepted(event(clock, "hello again"), "team-a/build"));
        }
        assertThat(directory.resolve("journal.db-wal.corrupt-20260301T120000.000Z")).exists();
    }

    @Test
    void tellsOfALogWhoseHeaderIsDamaged() throws Exception {
        writeLog();
        flip(log(), 17);

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isEqualTo(1);
        }
    }

    @Test
    void takesALogThatEndsInTheMiddleOfAWriteForWhatItIs() throws Exception {
        writeLog();
        flip(log(), Files.size(log()) - 1);

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isZero();
            assertThat(journal.status().unfinished()).isEqualTo(2);
        }
    }

    /// Three events, all of them in the log, as a process leaves it that is killed.
    private void writeLog() throws IOException {
        var alive = directory.resolve("alive");
        try (var journal = SqliteJournal.open(SqliteSettings.in(alive), clock)) {
            for (var text : List.of("first", "second", "third")) {
                append(journal, accepted(event(clock, text), "team-a/build"));
            }
            Files.copy(alive.resolve("journal.db"), directory.resolve("journal.db"));
            Files.copy(alive.resolve("journal.db-wal"), log());
        }
    }

    private Path log() {
        return directory.resolve("journal.db-wal");
    }

    private static void flip(Path file, long at) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(at);
            int value = bytes.read();
            bytes.seek(at);
            bytes.write(value ^ 4);
        }
    }

    @Test
    void leavesAFileOfALaterVersionAlone() throws Exception {
        open().close();
        change("CREATE TABLE later(x); PRAGMA user_version=99");

        assertThatThrownBy(this::open).hasMessageContaining("schema version 99").hasMessageContaining("newer program");
        assertThat(directory.resolve("journal.db")).exists();
    }

    @Test
    void refusesADirectoryThatIsInUse() throws Exception {
        try (var _ = open()) {
            assertThatThrownBy(this::open).hasMessageContaining("in use").hasMessageContaining("another directory");
        }
        open().close();
    }

    @Test
    void bringsAnEarlierSchemaUpToDateStepByStep() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("other.db"))) {
            Schema.migrate(connection, List.of("CREATE TABLE a(x);"));
            Schema.migrate(connection, List.of("CREATE TABLE a(x);", "CREATE TABLE b(y); INSERT INTO a VALUES(1);"));

            assertThat(Schema.version(connection)).isEqualTo(2);
            try (var rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM a, a LEFT JOIN b")) {
                assertThat(rows.getInt(1)).isEqualTo(1);
            }
        }
    }
}
