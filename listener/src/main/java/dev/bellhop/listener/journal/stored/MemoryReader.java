package dev.bellhop.listener.journal.stored;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads what sources remember. Uses its connection for the time of each call; one call at a time. An entry that is not what was
/// written is passed over.
public final class MemoryReader {
    private static final int ROWS_A_PAGE = 64;
    private static final long BYTES_A_PAGE = 4 << 20;
    /// No UTF-8 has such a byte.
    private static final byte[] BEHIND_ALL_KEYS = {(byte) 0xFF};

    private final Connection connection;
    private final Consumer<Found> damage;

    /// Damage is told to `damage`.
    public MemoryReader(Connection connection, Consumer<Found> damage) {
        this.connection = connection;
        this.damage = damage;
    }

    /// An entry that is not what was written.
    public record Found(String source, String key) {}

    /// One thing remembered.
    @SuppressWarnings("ArrayRecordComponent") // A row on its way: never compared, never changed.
    public record Entry(String key, byte[] value) {}

    /// The keys from `from` on and before `end`.
    @SuppressWarnings("ArrayRecordComponent") // A place to go on from: never compared, never changed.
    public record Range(byte[] from, byte[] end) {
        /// The keys that begin with `prefix`.
        public static Range of(String prefix) {
            var from = MemoryChanges.bytes(prefix);
            if (from.length == 0) {
                return new Range(from, BEHIND_ALL_KEYS);
            }
            var end = from.clone();
            end[end.length - 1]++;
            return new Range(from, end);
        }

        /// What is left after `key`; empty when an index that is damaged led back.
        private Optional<Range> after(byte[] key) {
            // The next key there can be.
            var next = Arrays.copyOf(key, key.length + 1);
            return Arrays.compareUnsigned(next, from) > 0 ? Optional.of(new Range(next, end)) : Optional.empty();
        }
    }

    /// The first entries of a range, and what is left of it.
    public record Page(List<Entry> entries, Optional<Range> next) {}

    /// The value of one key.
    public Optional<byte[]> read(String source, String key) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT key,value,crc FROM memory WHERE source=? AND key=?")) {
            statement.setString(1, source);
            statement.setBytes(2, MemoryChanges.bytes(key));
            try (var r = statement.executeQuery()) {
                var last = Optional.<byte[]>empty();
                while (r.next()) {
                    last = intact(source, r).map(Entry::value);
                }
                return last;
            }
        }
    }

    /// The first entries of `range`, in order.
    public Page page(String source, Range range) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT key,value,crc FROM memory WHERE source=? AND key>=? AND key<? ORDER BY key LIMIT ?""")) {
            statement.setString(1, source);
            statement.setBytes(2, range.from());
            statement.setBytes(3, range.end());
            statement.setInt(4, ROWS_A_PAGE);
            var entries = new ArrayList<Entry>();
            try (var r = statement.executeQuery()) {
                long bytes = 0;
                for (int rows = 1; r.next(); rows++) {
                    var entry = intact(source, r);
                    entry.ifPresent(entries::add);
                    bytes += entry.map(one -> one.value().length).orElse(0);
                    if (rows == ROWS_A_PAGE || bytes >= BYTES_A_PAGE) {
                        return new Page(entries, range.after(r.getBytes(1)));
                    }
                }
            }
            return new Page(entries, Optional.empty());
        }
    }

    private Optional<Entry> intact(String source, ResultSet r) throws SQLException {
        var key = new String(r.getBytes(1), StandardCharsets.UTF_8);
        var value = r.getBytes(2);
        if (MemoryChanges.crc(source, key, value) != r.getInt(3)) {
            damage.accept(new Found(source, key));
            return Optional.empty();
        }
        return Optional.of(new Entry(key, value));
    }

    /// Who remembers something.
    public Set<String> sources() throws SQLException {
        try (var statement = connection.createStatement();
                var r = statement.executeQuery("SELECT DISTINCT source FROM memory")) {
            var all = new HashSet<String>();
            while (r.next()) {
                all.add(r.getString(1));
            }
            return all;
        }
    }
}
