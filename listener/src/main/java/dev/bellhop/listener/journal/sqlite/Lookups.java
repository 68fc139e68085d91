package dev.bellhop.listener.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.Refill;
import dev.bellhop.listener.journal.stored.DeliveryRow;

/// What the one who writes has to know, read through the same connection: it sees what its transaction has done so far.
final class Lookups {
    /// Stands for an id that cannot be read.
    private static final DeliveryId NO_ID = new DeliveryId("unreadable.1");

    private final Connection connection;
    private final PreparedStatement original;
    private final PreparedStatement unfinished;
    private final PreparedStatement newer;
    private final PreparedStatement row;
    private final PreparedStatement ids;
    private final PreparedStatement due;

    Lookups(Connection connection) throws SQLException {
        this.connection = connection;
        original = connection.prepareStatement("""
                SELECT id FROM delivery WHERE dedup_key=? AND trigger_uid=? AND accepted_at>? AND state IN (0,1,10) \
                ORDER BY seq DESC LIMIT 1""");
        unfinished = connection.prepareStatement("SELECT " + DeliveryRow.COLUMNS + " FROM " + DeliveryRow.TABLES
                + " WHERE d.trigger_uid=? AND d.concurrency_key=? AND d.state<10 ORDER BY d.seq");
        newer = connection.prepareStatement("""
                SELECT id FROM delivery WHERE trigger_uid=? AND concurrency_key=? AND state<10 AND seq>? \
                AND replay_of IS NULL ORDER BY seq DESC LIMIT 1""");
        row = connection.prepareStatement(
                "SELECT " + DeliveryRow.COLUMNS + " FROM " + DeliveryRow.TABLES + " WHERE d.id=?");
        ids = connection.prepareStatement("SELECT id FROM delivery WHERE id>? AND id<?");
        due = connection.prepareStatement("""
                SELECT seq,id,due,concurrency_key,bytes FROM delivery \
                WHERE trigger_uid=? AND trigger_name=? AND tenant=? AND state<10 ORDER BY due,seq LIMIT ?""");
    }

    /// The newest delivery of the Trigger that one with this dedup key is a duplicate of: unfinished or done, and accepted
    /// after `since`.
    Optional<DeliveryId> original(String triggerUid, String dedupKey, long since) throws SQLException {
        original.setString(1, dedupKey);
        original.setString(2, triggerUid);
        original.setLong(3, since);
        return id(original);
    }

    /// The unfinished deliveries of the Trigger with this concurrency key, oldest first.
    List<DeliveryRow> unfinished(String triggerUid, String concurrencyKey) throws SQLException {
        unfinished.setString(1, triggerUid);
        unfinished.setString(2, concurrencyKey);
        var all = new ArrayList<DeliveryRow>();
        try (var rows = unfinished.executeQuery()) {
            while (rows.next()) {
                DeliveryRow.read(rows).ifPresent(all::add);
            }
        }
        return all;
    }

    /// The newest unfinished delivery of the Trigger with this concurrency key that was accepted after `seq`.
    Optional<DeliveryId> newer(String triggerUid, String concurrencyKey, long seq) throws SQLException {
        newer.setString(1, triggerUid);
        newer.setString(2, concurrencyKey);
        newer.setLong(3, seq);
        return id(newer);
    }

    private static Optional<DeliveryId> id(PreparedStatement statement) throws SQLException {
        try (var r = statement.executeQuery()) {
            return r.next() ? DeliveryId.read(r.getString(1)) : Optional.empty();
        }
    }

    Optional<DeliveryRow> row(DeliveryId id) throws SQLException {
        row.setString(1, id.value());
        try (var r = row.executeQuery()) {
            return r.next() ? DeliveryRow.read(r) : Optional.empty();
        }
    }

    /// What the next delivery of an event is called.
    DeliveryId nextId(EventId event) throws SQLException {
        ids.setString(1, event + ".");
        // The character after the dot.
        ids.setString(2, event + "/");
        int last = 0;
        try (var r = ids.executeQuery()) {
            while (r.next()) {
                last = Math.max(last, DeliveryId.read(r.getString(1)).filter(id -> id.event().equals(event))
                        .map(DeliveryId::number).orElse(0));
            }
        }
        return DeliveryId.of(event, last + 1);
    }

    /// What is due of a lane, and the rows of it whose id the disk has changed.
    record Due(Refill refill, List<Ready> unreadable) {}

    /// The first `max` unfinished deliveries of a lane: those due by `now`, and when the next is.
    Due due(Lane lane, int max, long now) throws SQLException {
        due.setString(1, lane.triggerUid());
        due.setString(2, lane.trigger().name());
        due.setString(3, lane.tenant());
        due.setInt(4, max);
        var entries = new ArrayList<Ready>();
        var unreadable = new ArrayList<Ready>();
        try (var r = due.executeQuery()) {
            int read = 0;
            long last = 0;
            while (r.next()) {
                read++;
                last = r.getLong(3);
                if (last > now) {
                    return new Due(new Refill(entries, Optional.of(last)), unreadable);
                }
                add(r, lane, entries, unreadable);
            }
            return new Due(new Refill(entries, read < max ? Optional.empty() : Optional.of(last)), unreadable);
        }
    }

    private static void add(ResultSet r, Lane lane, List<Ready> entries, List<Ready> unreadable) throws SQLException {
        long seq = r.getLong(1);
        var id = DeliveryId.read(r.getString(2));
        var key = Optional.ofNullable(r.getString(4));
        long bytes = r.getLong(5);
        if (id.isPresent()) {
            entries.add(Ready.stored(lane, seq, id.get(), key, bytes));
        } else {
            unreadable.add(Ready.stored(lane, seq, NO_ID, key, bytes));
        }
    }

    /// What is unfinished of one lane, and when the first of it is due.
    record Unfinished(Lane lane, long deliveries, long bytes, long due) {}

    /// The lanes with unfinished deliveries. Left to itself SQLite groups by walking an index over all rows, and fetches each.
    List<Unfinished> unfinishedByLane() throws SQLException {
        var all = new ArrayList<Unfinished>();
        try (var statement = connection.createStatement(); var r = statement.executeQuery("""
                SELECT tenant,trigger_name,trigger_uid,COUNT(*),SUM(bytes),MIN(due) FROM delivery \
                INDEXED BY delivery_unfinished_by_lane WHERE state<10 GROUP BY tenant,trigger_name,trigger_uid""")) {
            while (r.next()) {
                all.add(new Unfinished(new Lane(new ObjectName(r.getString(1), r.getString(2)), r.getString(3)),
                        r.getLong(4), r.getLong(5), r.getLong(6)));
            }
        }
        return all;
    }

    /// The highest `seq` in use; 0 when there is none.
    long lastSeq() throws SQLException {
        try (var statement = connection.createStatement();
                var r = statement.executeQuery("SELECT COALESCE(MAX(seq),0) FROM delivery")) {
            r.next();
            return r.getLong(1);
        }
    }
}
