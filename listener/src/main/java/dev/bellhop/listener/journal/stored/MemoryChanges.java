package dev.bellhop.listener.journal.stored;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

import dev.bellhop.listener.journal.Remembered;

/// Changes to what sources remember that are stored together. Of several to one key the last counts, so that a key which
/// changes with every event is written once for many of them. The statements are understood by every engine.
public final class MemoryChanges {
    /// In one order everywhere: two replicas that change the same keys wait for each other only one way.
    private final Map<String, OfSource> bySource = new TreeMap<>();

    private static final class OfSource {
        private final Map<String, Optional<byte[]>> keys = new TreeMap<>();
        private boolean forgotten;
    }

    /// More changes, after those that it has.
    public void add(Remembered remembered) {
        of(remembered.source()).keys.putAll(remembered.changes());
    }

    /// All is removed, but what is added after this.
    public void forget(String source) {
        var one = of(source);
        one.keys.clear();
        one.forgotten = true;
    }

    private OfSource of(String source) {
        return bySource.computeIfAbsent(source, _ -> new OfSource());
    }

    /// Writes them, within the transaction of `connection`.
    public void store(Connection connection) throws SQLException {
        if (bySource.isEmpty()) {
            return;
        }
        var forgotten = new ArrayList<String>();
        var removed = new ArrayList<Change>();
        var written = new ArrayList<Change>();
        bySource.forEach((source, one) -> {
            if (one.forgotten) {
                forgotten.add(source);
            }
            one.keys.forEach((key, value) -> {
                if (value.isPresent()) {
                    written.add(new Change(source, key, value));
                } else if (!one.forgotten) {
                    removed.add(new Change(source, key, value));
                }
            });
        });
        each(connection, "DELETE FROM memory WHERE source=?", forgotten,
                (statement, source) -> statement.setString(1, source));
        each(connection, "DELETE FROM memory WHERE source=? AND key=?", removed, (statement, change) -> {
            statement.setString(1, change.source());
            statement.setBytes(2, bytes(change.key()));
        });
        var changed = each(connection, "UPDATE memory SET value=?,crc=? WHERE source=? AND key=?", written,
                MemoryChanges::set);
        var added = IntStream.range(0, changed.length).filter(i -> changed[i] == 0).mapToObj(written::get).toList();
        each(connection, "INSERT INTO memory(value,crc,source,key) VALUES(?,?,?,?)", added, MemoryChanges::set);
    }

    private static void set(PreparedStatement statement, Change change) throws SQLException {
        var value = change.value().orElseThrow();
        statement.setBytes(1, value);
        statement.setInt(2, crc(change.source(), change.key(), value));
        statement.setString(3, change.source());
        statement.setBytes(4, bytes(change.key()));
    }

    private record Change(String source, String key, Optional<byte[]> value) {}

    private interface Values<T> {
        void set(PreparedStatement statement, T row) throws SQLException;
    }

    /// How many rows each changed.
    private static <T> int[] each(Connection connection, String sql, List<T> rows, Values<T> values)
            throws SQLException {
        if (rows.isEmpty()) {
            return new int[0];
        }
        try (var statement = connection.prepareStatement(sql)) {
            for (var row : rows) {
                values.set(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch();
        }
    }

    /// A key as it is stored: as bytes, because the order of texts is another in each database.
    static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    /// The checksum to store with an entry.
    static int crc(String source, String key, byte[] value) {
        return Checksum.of(value, List.of(source, key));
    }
}
