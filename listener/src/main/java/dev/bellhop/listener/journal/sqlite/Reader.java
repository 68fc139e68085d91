package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryPage;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliverySummary;

/// A connection that only reads. May be used by any thread; one at a time gets served.
final class Reader implements AutoCloseable {
    private static final String SUMMARY = "seq,id,accepted_at,listener_namespace,listener_name,tenant,trigger_name,state,"
            + "attempts,due,finished_at,step,why,created";

    private final ReentrantLock lock = new ReentrantLock();
    private final Connection connection;

    Reader(Path database) throws SQLException {
        connection = Connections.forReading(database);
    }

    /// What was read of a delivery that is to be tried.
    sealed interface Loaded {
        record Found(Delivery delivery) implements Loaded {}

        /// The bytes are not those that were written.
        record Corrupt(String why) implements Loaded {}
    }

    private record Row(StoredDelivery delivery, StoredEvent event, int attempts) {}

    /// The delivery of this row, with its event.
    Loaded load(long seq) throws SQLException {
        var row = row(seq);
        if (row.isEmpty()) {
            return new Loaded.Corrupt("the delivery or its event is gone, or its id is not what was written");
        }
        var stored = row.get().delivery();
        var extensions = stored.extensionTree();
        if (!stored.isIntact() || extensions.isEmpty()) {
            return new Loaded.Corrupt("the stored delivery does not match its checksum");
        }
        var event = row.get().event().event();
        if (event.isEmpty()) {
            return new Loaded.Corrupt("the stored event does not match its checksum");
        }
        return new Loaded.Found(new Delivery(stored.id(), event.get(), stored.listener(), stored.trigger(),
                stored.triggerUid(), extensions.get(), row.get().attempts() + 1));
    }

    private Optional<Row> row(long seq) throws SQLException {
        lock.lock();
        try (var statement = connection.prepareStatement("""
                SELECT d.id,d.listener_namespace,d.listener_name,d.tenant,d.trigger_name,d.trigger_uid,\
                COALESCE(x.json,''),d.crc,d.attempts,\
                e.id,e.received_at,e.method,e.url,e.headers,e.deflated,e.size,e.crc,e.body \
                FROM delivery d JOIN event e ON e.seq=d.event LEFT JOIN extension x ON x.delivery=d.seq \
                WHERE d.seq=?""")) {
            statement.setLong(1, seq);
            try (var r = statement.executeQuery()) {
                if (!r.next()) {
                    return Optional.empty();
                }
                var id = DeliveryId.read(r.getString(1));
                if (id.isEmpty()) {
                    return Optional.empty();
                }
                var delivery = new StoredDelivery(id.get(), new ObjectName(r.getString(2), r.getString(3)),
                        new ObjectName(r.getString(4), r.getString(5)), r.getString(6), r.getString(7), r.getInt(8));
                var event = new StoredEvent(r.getString(10), Instant.ofEpochMilli(r.getLong(11)), r.getString(12),
                        r.getString(13), r.getString(14), r.getInt(15) != 0, r.getInt(16), r.getInt(17),
                        r.getBytes(18));
                return Optional.of(new Row(delivery, event, r.getInt(9)));
            }
        } finally {
            lock.unlock();
        }
    }

    DeliveryPage list(DeliveryQuery query) throws SQLException {
        var conditions = new ArrayList<String>();
        var values = new ArrayList<String>();
        query.tenant().ifPresent(tenant -> narrow(conditions, values, "tenant=?", tenant));
        query.trigger().ifPresent(trigger -> narrow(conditions, values, "trigger_name=?", trigger));
        query.event().ifPresent(event -> {
            narrow(conditions, values, "id>?", event + ".");
            // The character after the dot.
            narrow(conditions, values, "id<?", event + "/");
        });
        query.state().ifPresent(state -> conditions.add(State.condition(state)));
        // When it is gone, all older ones are too.
        query.before().ifPresent(id -> narrow(conditions, values, "seq<(SELECT seq FROM delivery WHERE id=?)",
                id.value()));
        var where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
        var found = summaries("SELECT " + SUMMARY + " FROM delivery" + where + " ORDER BY seq DESC LIMIT "
                + (query.limit() + 1), values);
        boolean more = found.size() > query.limit();
        var page = List.copyOf(more ? found.subList(0, query.limit()) : found);
        return new DeliveryPage(page, more ? Optional.of(page.getLast().id()) : Optional.empty());
    }

    private static void narrow(List<String> conditions, List<String> values, String condition, String value) {
        conditions.add(condition);
        values.add(value);
    }

    Optional<DeliveryHistory> get(DeliveryId id) throws SQLException {
        var seq = seqOf(id);
        if (seq.isEmpty()) {
            return Optional.empty();
        }
        var row = row(seq.get());
        var summaries = summaries("SELECT " + SUMMARY + " FROM delivery WHERE id=?", List.of(id.value()));
        if (row.isEmpty() || summaries.isEmpty()) {
            return Optional.empty();
        }
        var extensions = row.get().delivery().extensionTree();
        return Optional.of(new DeliveryHistory(summaries.getFirst(), row.get().event().event(), extensions,
                failures(seq.get())));
    }

    private Optional<Long> seqOf(DeliveryId id) throws SQLException {
        lock.lock();
        try (var statement = connection.prepareStatement("SELECT seq FROM delivery WHERE id=?")) {
            statement.setString(1, id.value());
            try (var r = statement.executeQuery()) {
                return r.next() ? Optional.of(r.getLong(1)) : Optional.empty();
            }
        } finally {
            lock.unlock();
        }
    }

    private List<DeliverySummary> summaries(String sql, List<String> values) throws SQLException {
        lock.lock();
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            var all = new ArrayList<DeliverySummary>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    summary(r).ifPresent(all::add);
                }
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<DeliverySummary> summary(ResultSet r) throws SQLException {
        var id = DeliveryId.read(r.getString(2));
        if (id.isEmpty()) {
            return Optional.empty();
        }
        var state = State.of(r.getInt(8));
        long due = r.getLong(10);
        long finished = r.getLong(11);
        boolean isFinished = !r.wasNull();
        var created = r.getString(14);
        return Optional.of(new DeliverySummary(id.get(), Instant.ofEpochMilli(r.getLong(3)),
                new ObjectName(r.getString(4), r.getString(5)), new ObjectName(r.getString(6), r.getString(7)), state,
                r.getInt(9), isFinished ? Optional.empty() : Optional.of(Instant.ofEpochMilli(due)),
                isFinished ? Optional.of(Instant.ofEpochMilli(finished)) : Optional.empty(),
                Optional.ofNullable(r.getString(12)), Optional.ofNullable(r.getString(13)),
                created == null ? List.of() : Refs.fromJson(created)));
    }

    private List<FailedTry> failures(long seq) throws SQLException {
        lock.lock();
        try (var statement = connection.prepareStatement(
                "SELECT attempt,started_at,ended_at,step,why FROM failure WHERE delivery=? ORDER BY attempt")) {
            statement.setLong(1, seq);
            var all = new ArrayList<FailedTry>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    all.add(new FailedTry(r.getInt(1), Instant.ofEpochMilli(r.getLong(2)),
                            Instant.ofEpochMilli(r.getLong(3)), r.getString(4), r.getString(5)));
                }
            }
            return all;
        } finally {
            lock.unlock();
        }
    }

    /// When the oldest unfinished delivery was accepted; answered from an index.
    Optional<Instant> oldestUnfinished() throws SQLException {
        lock.lock();
        try (var statement = connection.createStatement();
                var r = statement.executeQuery("SELECT MIN(accepted_at) FROM delivery WHERE state<10")) {
            r.next();
            long at = r.getLong(1);
            return r.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() throws SQLException {
        lock.lock();
        try {
            connection.close();
        } finally {
            lock.unlock();
        }
    }
}
