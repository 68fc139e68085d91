package dev.bellhop.bench.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.bellhop.bench.send.Latencies;
import org.jspecify.annotations.Nullable;

/// The most that SQLite gives for what a listener stores of an event: the very rows that a listener wrote, as values in memory, are
/// inserted into the same tables with the same indexes, settings and sync. Nothing is parsed, deflated or summed up. One thread
/// writes; those who wait for it share a transaction, as in a listener.
final class StoreRows {
    private static final int ROWS = 1_000;
    private static final int MOST_AT_ONCE = 256;

    private final List<String> schema = new ArrayList<>();
    /// Where the column `body` is in a row of the table event.
    private static final int BODY = 10;

    private final List<Object[]> events = new ArrayList<>();
    private final List<Object[]> deliveries = new ArrayList<>();

    /// What was measured.
    record Measured(double perSecond, Latencies latencies) {}

    /// Reads rows from the journal of a listener that has stopped.
    StoreRows(Path journal) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + journal.resolve("journal.db"));
                var statement = connection.createStatement()) {
            try (var r = statement.executeQuery("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")) {
                while (r.next()) {
                    schema.add(r.getString(1));
                }
            }
            try (var r = statement.executeQuery("SELECT * FROM event ORDER BY seq LIMIT " + ROWS)) {
                read(r, events);
            }
            try (var r = statement.executeQuery("SELECT * FROM delivery ORDER BY seq LIMIT " + ROWS)) {
                read(r, deliveries);
            }
        }
    }

    private static void read(ResultSet r, List<Object[]> into) throws SQLException {
        int columns = r.getMetaData().getColumnCount();
        while (r.next()) {
            var row = new @Nullable Object[columns];
            for (int i = 0; i < columns; i++) {
                row[i] = r.getObject(i + 1);
            }
            into.add(row);
        }
    }

    /// Bytes of the body of a stored event.
    int storedBody() {
        return ((byte[]) events.getFirst()[BODY]).length;
    }

    /// Inserts for so long with so many who each wait for theirs.
    Measured measure(Path directory, int writers, Duration length)
            throws IOException, SQLException, InterruptedException {
        Files.createDirectories(directory);
        var file = directory.resolve("store-" + writers + ".db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            open(connection);
            return insert(connection, writers, length);
        }
    }

    private void open(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var pragma : List.of("page_size=4096", "auto_vacuum=INCREMENTAL", "journal_mode=WAL",
                    "synchronous=FULL", "wal_autocheckpoint=4000", "cache_size=-16000", "temp_store=MEMORY")) {
                statement.execute("PRAGMA " + pragma);
            }
            for (var sql : schema) {
                statement.execute(sql);
            }
        }
    }

    private Measured insert(Connection connection, int writers, Duration length)
            throws SQLException, InterruptedException {
        var queue = new LinkedBlockingQueue<CompletableFuture<Void>>();
        var times = Collections.synchronizedList(new ArrayList<Long>());
        long startedAt = System.nanoTime();
        long end = startedAt + length.toNanos();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (long begin = System.nanoTime(); begin < end; begin = System.nanoTime()) {
                    var stored = new CompletableFuture<Void>();
                    queue.add(stored);
                    stored.join();
                    times.add(System.nanoTime() - begin);
                }
            }));
        }
        long seq = 1_000_000_000;
        try (var event = connection.prepareStatement(insert("event", events.getFirst().length));
                var delivery = connection.prepareStatement(insert("delivery", deliveries.getFirst().length));
                var control = connection.createStatement()) {
            while (threads.stream().anyMatch(Thread::isAlive)) {
                var first = queue.poll(10, TimeUnit.MILLISECONDS);
                if (first != null) {
                    var batch = new ArrayList<>(List.of(first));
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    control.execute("BEGIN IMMEDIATE");
                    for (int i = 0; i < batch.size(); i++) {
                        insert(event, delivery, seq++);
                    }
                    control.execute("COMMIT");
                    batch.forEach(stored -> stored.complete(null));
                }
            }
        }
        return new Measured(times.size() / ((System.nanoTime() - startedAt) / 1e9), Latencies.of(times));
    }

    private static String insert(String table, int columns) {
        return "INSERT INTO " + table + " VALUES(" + String.join(",", Collections.nCopies(columns, "?")) + ")";
    }

    private void insert(PreparedStatement event, PreparedStatement delivery, long seq) throws SQLException {
        int row = (int) (seq % events.size());
        set(event, events.get(row));
        event.setLong(1, seq);
        event.executeUpdate();
        set(delivery, deliveries.get(row % deliveries.size()));
        delivery.setLong(1, seq);
        delivery.setLong(2, seq);
        // As long as a real one, and as unlike the one before.
        delivery.setString(3, "%08x-0000-7000-8000-%012x.1".formatted(Long.hashCode(seq * 0x9E3779B97F4A7C15L), seq));
        delivery.executeUpdate();
    }

    private static void set(PreparedStatement statement, Object[] row) throws SQLException {
        for (int i = 0; i < row.length; i++) {
            statement.setObject(i + 1, row[i]);
        }
    }
}
