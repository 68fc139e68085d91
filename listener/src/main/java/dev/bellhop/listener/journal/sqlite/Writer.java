package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import org.jspecify.annotations.Nullable;

/// The one connection that changes the database, used by the committer's thread alone.
final class Writer implements AutoCloseable {
    /// Error messages of servers may be pages; a line or two tells the reason.
    private static final int MAX_WHY = 2_000;

    private final Connection connection;
    private final PreparedStatement event;
    private final PreparedStatement delivery;
    private final PreparedStatement extension;
    private final PreparedStatement failure;
    private final PreparedStatement settle;
    private final PreparedStatement due;
    private final PreparedStatement from;
    private final List<PreparedStatement> removals;
    private final PreparedStatement removeEvent;

    Writer(Path database) throws SQLException {
        this(Connections.forWriting(database));
    }

    private Writer(Connection connection) throws SQLException {
        this.connection = connection;
        try {
            Schema.migrate(connection);
            event = connection.prepareStatement("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?)");
            delivery = connection.prepareStatement("""
                    INSERT INTO delivery(seq,event,id,tenant,trigger_name,trigger_uid,listener_namespace,listener_name,\
                    crc,accepted_at,state,due,attempts) VALUES(?,?,?,?,?,?,?,?,?,?,0,?,0)""");
            extension = connection.prepareStatement("INSERT INTO extension VALUES(?,?)");
            failure = connection.prepareStatement("INSERT OR REPLACE INTO failure VALUES(?,?,?,?,?,?)");
            settle = connection.prepareStatement("""
                    UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,created=? \
                    WHERE seq=? AND state<10""");
            due = connection.prepareStatement(
                    "SELECT seq,id,due FROM delivery WHERE tenant=? AND state<10 ORDER BY due,seq LIMIT ?");
            from = connection.prepareStatement(
                    "SELECT seq,event,state,accepted_at FROM delivery WHERE seq>=? ORDER BY seq LIMIT ?");
            removals = List.of(connection.prepareStatement("DELETE FROM delivery WHERE seq=?"),
                    connection.prepareStatement("DELETE FROM extension WHERE delivery=?"),
                    connection.prepareStatement("DELETE FROM failure WHERE delivery=?"));
            removeEvent = connection.prepareStatement("""
                    DELETE FROM event WHERE seq=? AND NOT EXISTS(SELECT 1 FROM delivery d \
                    WHERE d.seq>=event.seq AND d.seq<event.seq+event.deliveries)""");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void begin() throws SQLException {
        execute("BEGIN IMMEDIATE");
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    /// Ends a transaction that failed; SQLite may already have done so itself.
    void rollback() throws SQLException {
        try {
            execute("ROLLBACK");
        } catch (SQLException e) {
            if (!String.valueOf(e.getMessage()).contains("no transaction is active")) {
                throw e;
            }
        }
    }

    void insert(long seq, StoredEvent stored, int deliveries) throws SQLException {
        event.setLong(1, seq);
        event.setInt(2, deliveries);
        event.setString(3, stored.id());
        event.setLong(4, stored.receivedAt().toEpochMilli());
        event.setString(5, stored.method());
        event.setString(6, stored.url());
        event.setString(7, stored.headers());
        event.setInt(8, stored.deflated() ? 1 : 0);
        event.setInt(9, stored.size());
        event.setInt(10, stored.crc());
        event.setBytes(11, stored.body());
        event.executeUpdate();
    }

    void insert(long seq, long eventSeq, StoredDelivery stored, long acceptedAt) throws SQLException {
        delivery.setLong(1, seq);
        delivery.setLong(2, eventSeq);
        delivery.setString(3, stored.id().value());
        delivery.setString(4, stored.trigger().namespace());
        delivery.setString(5, stored.trigger().name());
        delivery.setString(6, stored.triggerUid());
        delivery.setString(7, stored.listener().namespace());
        delivery.setString(8, stored.listener().name());
        delivery.setInt(9, stored.crc());
        delivery.setLong(10, acceptedAt);
        delivery.setLong(11, acceptedAt);
        delivery.executeUpdate();
        if (!stored.extensions().isEmpty()) {
            extension.setLong(1, seq);
            extension.setString(2, stored.extensions());
            extension.executeUpdate();
        }
    }

    /// Records what one try gave.
    void settle(long seq, Tried tried) throws SQLException {
        int attempt = tried.delivery().attempt();
        switch (tried.outcome()) {
            case Outcome.Done done -> update(seq, State.DONE, attempt, 0, Optional.of(tried.endedAt()), null, null,
                    Refs.toJson(done.created()));
            case Outcome.RetryAt(var at, var step, var why) -> {
                fail(seq, tried, step, why);
                update(seq, State.RETRYING, attempt, at.toEpochMilli(), Optional.empty(), step, why, null);
            }
            case Outcome.Dead(var step, var why) -> {
                fail(seq, tried, step, why);
                update(seq, State.DEAD, attempt, 0, Optional.of(tried.endedAt()), step, why, null);
            }
        }
    }

    /// Sets a delivery aside whose bytes are not those that were written.
    void setAside(long seq, Instant now, String why) throws SQLException {
        update(seq, State.CORRUPT, 0, 0, Optional.of(now), "journal", why, null);
    }

    private void update(long seq, int state, int attempts, long dueAt, Optional<Instant> finishedAt,
            @Nullable String step, @Nullable String why,
            @Nullable String created) throws SQLException {
        settle.setInt(1, state);
        settle.setLong(2, dueAt);
        settle.setInt(3, attempts);
        if (finishedAt.isPresent()) {
            settle.setLong(4, finishedAt.get().toEpochMilli());
        } else {
            settle.setNull(4, Types.BIGINT);
        }
        settle.setString(5, step);
        settle.setString(6, why == null ? null : shortened(why));
        settle.setString(7, created);
        settle.setLong(8, seq);
        settle.executeUpdate();
    }

    private void fail(long seq, Tried tried, String step, String why) throws SQLException {
        failure.setLong(1, seq);
        failure.setInt(2, tried.delivery().attempt());
        failure.setLong(3, tried.startedAt().toEpochMilli());
        failure.setLong(4, tried.endedAt().toEpochMilli());
        failure.setString(5, step);
        failure.setString(6, shortened(why));
        failure.executeUpdate();
    }

    private static String shortened(String why) {
        return why.length() <= MAX_WHY ? why : why.substring(0, MAX_WHY - 1) + "…";
    }

    /// The first `max` unfinished deliveries of a tenant: those due by `now`, and when the next is.
    ReadyQueue.Refill due(String tenant, int max, long now) throws SQLException {
        due.setString(1, tenant);
        due.setInt(2, max);
        var entries = new ArrayList<ReadyQueue.Entry>();
        var unreadable = new ArrayList<Long>();
        try (var rows = due.executeQuery()) {
            int read = 0;
            long last = 0;
            while (rows.next()) {
                read++;
                last = rows.getLong(3);
                if (last > now) {
                    return new ReadyQueue.Refill(entries, unreadable, Optional.of(last));
                }
                long seq = rows.getLong(1);
                DeliveryId.read(rows.getString(2))
                        .ifPresentOrElse(
                                id -> entries.add(new ReadyQueue.Entry(tenant, seq, id, Optional.empty(), 0)),
                                () -> unreadable.add(seq));
            }
            return new ReadyQueue.Refill(entries, unreadable, read < max ? Optional.empty() : Optional.of(last));
        }
    }

    /// A delivery that may be removed when it is `finished`.
    record Candidate(long seq, long event, boolean finished, long acceptedAt) {}

    /// The first `max` deliveries from `seq` on.
    List<Candidate> from(long seq, int max) throws SQLException {
        var all = new ArrayList<Candidate>(max);
        from.setLong(1, seq);
        from.setInt(2, max);
        try (var rows = from.executeQuery()) {
            while (rows.next()) {
                all.add(new Candidate(rows.getLong(1), rows.getLong(2), rows.getInt(3) >= State.DONE,
                        rows.getLong(4)));
            }
        }
        return all;
    }

    /// Removes a delivery, and its event with the last one.
    void remove(Candidate candidate) throws SQLException {
        for (var statement : removals) {
            statement.setLong(1, candidate.seq());
            statement.executeUpdate();
        }
        removeEvent.setLong(1, candidate.event());
        removeEvent.executeUpdate();
    }

    /// One tenant's earliest due time.
    record Due(String tenant, long at) {}

    /// The tenants with unfinished deliveries.
    List<Due> dueByTenant() throws SQLException {
        var all = new ArrayList<Due>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT tenant,MIN(due) FROM delivery WHERE state<10 GROUP BY tenant")) {
            while (rows.next()) {
                all.add(new Due(rows.getString(1), rows.getLong(2)));
            }
        }
        return all;
    }

    /// The first column of the first row of `sql`.
    long number(String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
