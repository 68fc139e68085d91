package dev.bellhop.listener.journal.sqlite;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of a journal whose pages have lost their form.
class SalvageTest {
    private static final int EVENTS = 120;
    private static final int FINISHED = 40;

    @TempDir
    Path directory;

    private final ManualClock clock = new ManualClock();
    private final Set<DeliveryId> unfinished = new HashSet<>();

    private SqliteJournal open() throws IOException {
        return SqliteJournal.open(SqliteSettings.in(directory), clock);
    }

    private Path database() {
        return directory.resolve("journal.db");
    }

    /// Fills every table; some rows are larger than a page.
    private void fill(SqliteJournal journal) throws InterruptedException {
        var random = new Random(1);
        var appends = new ArrayList<CompletionStage<Appended>>();
        for (int i = 0; i < EVENTS; i++) {
            var noise = new byte[i % 10 == 0 ? 9_000 : 300];
            random.nextBytes(noise);
            var delivery = Samples.delivery(i % 2 == 0 ? "team-a/build" : "team-b/test", i % 3 == 0
                    ? Samples.none().put("number", i)
                    : Samples.none());
            appends.add(journal.append(
                    new Accepted(event(clock, HexFormat.of().formatHex(noise)), List.of(delivery))));
            clock.advance(Duration.ofMillis(10));
        }
        appends.forEach(append -> unfinished.addAll(((Appended.Durable) Samples.await(append)).ids()));
        var settled = new ArrayList<CompletionStage<Void>>();
        for (int done = 0; done < FINISHED;) {
            for (var delivery : journal.claim(FINISHED - done, Gate.OPEN, Duration.ofSeconds(20))) {
                settled.add(journal.settle(new Tried(delivery, clock.instant(), clock.instant(), done++ % 2 == 0
                        ? new Outcome.Done(List.of(new ObjectRef("v1", "Pod", "team-a", "p", "u")))
                        : new Outcome.Dead("act", "forbidden", List.of()))));
                unfinished.remove(delivery.id());
            }
        }
        settled.forEach(Samples::await);
        for (var key : List.of("first", "second")) {
            Samples.await(journal.remember(new Remembered("source",
                    Map.of(key, Optional.of(key.repeat(2_000).getBytes(StandardCharsets.UTF_8))))));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void givesBackEveryRowOfASoundJournal(boolean fromLog) throws Exception {
        var copy = directory.resolve("copy.db");
        var log = directory.resolve("copy.db-wal");
        try (var journal = open()) {
            fill(journal);
            if (fromLog) {
                Files.copy(database(), copy);
                Files.copy(directory.resolve("journal.db-wal"), log);
            }
        }
        var target = directory.resolve("target.db");

        var saved = Salvage.into(target, fromLog ? copy : database(), log, clock.instant());

        assertThat(dump(target)).isEqualTo(dump(database())).hasSizeGreaterThan(2 * EVENTS + FINISHED);
        assertThat(saved.rows()).isEqualTo(dump(database()).size());
        assertThat(saved.lost()).isZero();
    }

    private static List<String> dump(Path database) throws SQLException {
        var all = new ArrayList<String>();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                var statement = connection.createStatement()) {
            for (var shape : TableShape.all(connection)) {
                try (var r = statement.executeQuery("SELECT * FROM " + shape.table() + " ORDER BY 1,2")) {
                    while (r.next()) {
                        var row = new ArrayList<Object>();
                        for (int i = 1; i <= r.getMetaData().getColumnCount(); i++) {
                            row.add(r.getObject(i) instanceof byte[] bytes ? Arrays.toString(bytes) : r.getObject(i));
                        }
                        all.add(shape.table() + row);
                    }
                }
            }
        }
        return all;
    }

    @ParameterizedTest
    @CsvSource({"0,1", "16,1", "16,64", "18,4", "18,2", "19,4", "20,1", "21,1", "28,4", "31,64", "44,1", "47,1",
            "59,2"})
    void losesNothingToADamagedHeader(int at, int bit) throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        flip(at, bit);

        expectAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dedup_window", "trigger_uid TEXT", "seq INTEGER PRIMARY", "CREATE TABLE event",
            "WHERE state < 10", "delivery_by_time", "WITHOUT ROWID", "UNIQUE"})
    void losesNothingToADamagedSchema(String word) throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        var text = new String(Files.readAllBytes(database()), StandardCharsets.ISO_8859_1);
        flip(text.indexOf(word) + word.length() - 1, 1);

        expectAll();
        assertThat(directory.resolve("journal.db.corrupt-20260301T120001.200Z")).exists();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 130})
    void setsItsVersionNumberRight(int version) throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA user_version=" + version);
        }

        try (var journal = open()) {
            assertThat(journal.status().quarantined()).isZero();
            assertThat(claimAll(journal, unfinished.size())).isEqualTo(unfinished);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"delivery", "event"})
    void losesNothingToADamagedInnerPage(String table) throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        try (var file = new RandomAccessFile(database().toFile(), "rw")) {
            file.seek(page(table, "internal"));
            file.write(new byte[RawPages.SIZE]);
        }

        expectAll();
    }

    @Test
    void findsRowsOnAPageThatDoesNotSayWhatItIs() throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        flip(page("delivery", "leaf"), 8);

        expectAll();
    }

    @Test
    void listsAsCorruptWhatWasOnALostPageAndServesTheRest() throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        try (var file = new RandomAccessFile(database().toFile(), "rw")) {
            file.seek(page("delivery", "leaf"));
            file.write(new byte[RawPages.SIZE]);
        }
        var known = Set.copyOf(unfinished);
        int lost;

        try (var journal = open()) {
            // Whoever looks comes upon the damage, and it is mended while the journal runs.
            Awaitility.await().ignoreExceptions()
                    .until(() -> journal.list(DeliveryQuery.newest(1_000)).deliveries().size() == EVENTS);
            var corrupt = journal.list(DeliveryQuery.newest(1_000).thatAre(DeliveryState.CORRUPT)).deliveries();
            lost = corrupt.size();
            assertThat(lost).isPositive().isEqualTo((int) journal.status().corrupt());
            assertThat(corrupt).extracting(one -> one.why().orElse("")).allMatch(why -> why.contains("is lost"));
            assertThat(corrupt).extracting(DeliverySummary::door).containsOnly(Samples.LISTENER);
            assertThat(journal.list(DeliveryQuery.newest(1_000).thatAre(DeliveryState.CORRUPT).inTenant("team-a")
                    .ofTrigger("build")).deliveries()).hasSizeBetween(lost / 2, lost / 2 + 1);
            assertThat(journal.get(corrupt.getFirst().id()).orElseThrow().event()).isPresent();

            var left = new HashSet<>(known);
            corrupt.forEach(one -> left.remove(one.id()));
            assertThat(journal.status().unfinished()).isEqualTo(left.size());
            assertThat(claimAll(journal, left.size())).isEqualTo(left);
            Awaitility.await().until(() -> journal.status().accepting());
            append(journal, accepted(event(clock, "new"), "team-a/build"));
        }
        try (var journal = open()) {
            assertThat(journal.status().corrupt()).isZero();
            assertThat(journal.status().finished() + journal.status().unfinished()).isEqualTo(EVENTS + 1);
        }
    }

    @Test
    void endsASuccessionThatWasCutShort() throws Exception {
        try (var journal = open()) {
            fill(journal);
        }
        Files.move(database(), directory.resolve("journal.db.successor"));
        Files.write(database(), new byte[10_000]);

        expectAll();
    }

    /// Opens the journal and expects all of it, though it may take a look to mend it.
    private void expectAll() throws Exception {
        try (var journal = open()) {
            Awaitility.await().ignoreExceptions()
                    .until(() -> journal.list(DeliveryQuery.newest(1_000)).deliveries().size() == EVENTS);
            assertThat(claimAll(journal, unfinished.size())).isEqualTo(unfinished);
            assertThat(journal.status().finished()).isEqualTo(FINISHED);
            assertThat(journal.recall("source", "second")).isPresent();
            Awaitility.await().until(() -> journal.status().accepting());
            append(journal, accepted(event(clock, "new"), "team-a/build"));
        }
    }

    private static Set<DeliveryId> claimAll(SqliteJournal journal, int expected) throws Exception {
        var claimed = new HashSet<DeliveryId>();
        Awaitility.await().until(() -> {
            journal.claim(100, Gate.OPEN, Duration.ofMillis(20)).forEach(delivery -> claimed.add(delivery.id()));
            return claimed.size() >= expected;
        });
        return claimed;
    }

    /// Where a page of this table lies.
    private long page(String table, String type) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                var statement = connection.createStatement();
                var page = statement.executeQuery("SELECT pgoffset FROM dbstat WHERE name='" + table
                        + "' AND pagetype='" + type + "' ORDER BY path DESC LIMIT 1")) {
            page.next();
            return page.getLong(1);
        }
    }

    private void flip(long at, int bits) throws IOException {
        try (var file = new RandomAccessFile(database().toFile(), "rw")) {
            file.seek(at);
            int value = file.read();
            file.seek(at);
            file.write(value ^ bits);
        }
    }
}
