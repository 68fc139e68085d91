package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.Refill;

/// Takes what is due and held by nobody. Rows that another replica is about to take are passed over.
final class Claims {
    /// Stands for an id that cannot be read.
    private static final DeliveryId NO_ID = new DeliveryId("unreadable.1");

    private static final String FREE = """
            d.trigger_uid=? AND d.trigger_name=? AND d.tenant=? AND d.state<10 AND d.owner IS NULL AND d.due<=?""";
    private static final String TAKE = """
             ORDER BY d.due,d.seq LIMIT ? FOR UPDATE SKIP LOCKED) \
            UPDATE delivery SET owner=?,running_key=delivery.concurrency_key FROM free WHERE delivery.seq=free.seq \
            RETURNING delivery.seq,delivery.id,delivery.due,delivery.concurrency_key,delivery.bytes""";
    private static final String WITHOUT_KEY = "WITH free AS (SELECT d.seq FROM delivery d WHERE " + FREE
            + " AND d.concurrency_key IS NULL" + TAKE;
    /// The first of each key of which none is held.
    private static final String WITH_KEY = "WITH free AS (SELECT d.seq FROM delivery d WHERE " + FREE
            + """
                     AND d.concurrency_key IS NOT NULL \
                    AND NOT EXISTS(SELECT 1 FROM delivery r WHERE r.trigger_uid=d.trigger_uid \
                    AND r.running_key=d.concurrency_key) \
                    AND NOT EXISTS(SELECT 1 FROM delivery o WHERE o.trigger_uid=d.trigger_uid \
                    AND o.concurrency_key=d.concurrency_key AND o.state<10 AND o.owner IS NULL AND (o.due,o.seq)<(d.due,d.seq))"""
            + TAKE;

    private final Connection connection;
    private final String owner;
    private final long now;

    Claims(Connection connection, String owner, long now) {
        this.connection = connection;
        this.owner = owner;
        this.now = now;
    }

    private record Row(long seq, String id, long due, Optional<String> key, long bytes) {}

    /// What was taken of a lane, and the rows of it whose id the disk has changed.
    record Taken(Lane lane, Refill refill, List<Ready> unreadable) {}

    /// Takes up to `max` deliveries of a lane.
    Taken take(Lane lane, int max) throws SQLException {
        var all = new ArrayList<>(take(WITHOUT_KEY, lane, max));
        boolean more = all.size() == max;
        if (!more) {
            var keyed = take(WITH_KEY, lane, max - all.size());
            more = all.size() + keyed.size() == max;
            all.addAll(keyed);
        }
        all.sort(Comparator.comparingLong(Row::due).thenComparingLong(Row::seq));
        var due = new ArrayList<Ready>();
        var unreadable = new ArrayList<Ready>();
        for (var row : all) {
            var id = DeliveryId.read(row.id());
            var entry = Ready.stored(lane, row.seq(), id.orElse(NO_ID), row.key(), row.bytes());
            (id.isPresent() ? due : unreadable).add(entry);
        }
        return new Taken(lane, new Refill(due, more ? Optional.of(now) : next(lane)), unreadable);
    }

    private List<Row> take(String sql, Lane lane, int max) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, lane);
            statement.setInt(5, max);
            statement.setString(6, owner);
            var all = new ArrayList<Row>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    all.add(new Row(r.getLong(1), r.getString(2), r.getLong(3), Optional.ofNullable(r.getString(4)),
                            r.getLong(5)));
                }
            }
            return all;
        }
    }

    /// When the next of a lane is due.
    private Optional<Long> next(Lane lane) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT MIN(due) FROM delivery WHERE trigger_uid=? AND trigger_name=? AND tenant=? AND state<10 \
                AND owner IS NULL AND due>?""")) {
            set(statement, lane);
            try (var r = statement.executeQuery()) {
                r.next();
                long next = r.getLong(1);
                return r.wasNull() ? Optional.empty() : Optional.of(next);
            }
        }
    }

    private void set(PreparedStatement statement, Lane lane) throws SQLException {
        statement.setString(1, lane.triggerUid());
        statement.setString(2, lane.trigger().name());
        statement.setString(3, lane.tenant());
        statement.setLong(4, now);
    }

    /// What is unfinished of one lane, and when the first of it that nobody holds is due.
    record Unfinished(Lane lane, Waiting waiting, Optional<Long> due) {}

    /// The lanes with unfinished deliveries.
    static List<Unfinished> unfinished(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var r = statement.executeQuery("""
                SELECT tenant,trigger_name,trigger_uid,COUNT(*),SUM(bytes),\
                MIN(CASE WHEN owner IS NULL THEN due END) FROM delivery WHERE state<10 \
                GROUP BY tenant,trigger_name,trigger_uid""")) {
            var all = new ArrayList<Unfinished>();
            while (r.next()) {
                long due = r.getLong(6);
                var free = r.wasNull() ? Optional.<Long>empty() : Optional.of(due);
                all.add(new Unfinished(new Lane(new ObjectName(r.getString(1), r.getString(2)), r.getString(3)),
                        new Waiting(r.getLong(4), r.getLong(5)), free));
            }
            return all;
        }
    }
}
