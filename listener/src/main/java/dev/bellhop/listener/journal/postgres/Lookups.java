package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.stored.DeliveryRow;

/// What the one who writes has to know, read in the same transaction.
final class Lookups {
    private static final String ROWS = "SELECT " + DeliveryRow.COLUMNS + " FROM " + DeliveryRow.TABLES;

    private final Connection connection;

    Lookups(Connection connection) {
        this.connection = connection;
    }

    /// The delivery that others with this dedup key are duplicates of.
    record Live(long seq, DeliveryId id, long acceptedAt) {}

    Optional<Live> live(String triggerUid, String dedupKey) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT seq,id,accepted_at FROM delivery WHERE trigger_uid=? AND dedup_live=?")) {
            statement.setString(1, triggerUid);
            statement.setString(2, dedupKey);
            try (var r = statement.executeQuery()) {
                return r.next()
                        ? Optional.of(new Live(r.getLong(1), new DeliveryId(r.getString(2)), r.getLong(3)))
                        : Optional.empty();
            }
        }
    }

    /// From now on it is not any more.
    void retire(Live live) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE delivery SET dedup_live=NULL WHERE seq=?")) {
            statement.setLong(1, live.seq());
            statement.executeUpdate();
        }
    }

    /// The unfinished deliveries of the Trigger with this concurrency key, oldest first.
    List<DeliveryRow> unfinished(String triggerUid, String concurrencyKey) throws SQLException {
        try (var statement = connection.prepareStatement(
                ROWS + " WHERE d.trigger_uid=? AND d.concurrency_key=? AND d.state<10 ORDER BY d.seq")) {
            statement.setString(1, triggerUid);
            statement.setString(2, concurrencyKey);
            var all = new ArrayList<DeliveryRow>();
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    DeliveryRow.read(rows).ifPresent(all::add);
                }
            }
            return all;
        }
    }

    /// The newest unfinished delivery of the Trigger with this concurrency key that was accepted after `seq`.
    Optional<DeliveryId> newer(String triggerUid, String concurrencyKey, long seq) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT id FROM delivery WHERE trigger_uid=? AND concurrency_key=? AND state<10 AND seq>? \
                AND replay_of IS NULL ORDER BY seq DESC LIMIT 1""")) {
            statement.setString(1, triggerUid);
            statement.setString(2, concurrencyKey);
            statement.setLong(3, seq);
            try (var r = statement.executeQuery()) {
                return r.next() ? DeliveryId.read(r.getString(1)) : Optional.empty();
            }
        }
    }

    /// A delivery, which nobody changes until the transaction ends.
    Optional<DeliveryRow> row(DeliveryId id) throws SQLException {
        try (var statement = connection.prepareStatement(ROWS + " WHERE d.id=? FOR UPDATE OF d")) {
            statement.setString(1, id.value());
            try (var r = statement.executeQuery()) {
                return r.next() ? DeliveryRow.read(r) : Optional.empty();
            }
        }
    }

    /// What the next delivery of an event is called. The event's row is locked, so that two replays at once get
    /// different names.
    DeliveryId nextId(EventId event) throws SQLException {
        lock(event);
        try (var statement = connection.prepareStatement("""
                SELECT id FROM delivery WHERE event IN (SELECT seq FROM event WHERE id=?)""")) {
            statement.setString(1, event.value());
            int last = 0;
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    last = Math.max(last, number(r, event));
                }
            }
            return DeliveryId.of(event, last + 1);
        }
    }

    private static int number(ResultSet r, EventId event) throws SQLException {
        return DeliveryId.read(r.getString(1)).filter(id -> id.event().equals(event)).map(DeliveryId::number).orElse(0);
    }

    private void lock(EventId event) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT seq FROM event WHERE id=? FOR UPDATE")) {
            statement.setString(1, event.value());
            statement.executeQuery().close();
        }
    }
}
