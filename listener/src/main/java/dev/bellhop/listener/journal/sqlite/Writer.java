package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.stored.FailedTries;
import dev.bellhop.listener.journal.stored.MemoryChanges;
import dev.bellhop.listener.journal.stored.Refs;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.State;
import dev.bellhop.listener.journal.stored.StoredDelivery;
import dev.bellhop.listener.journal.stored.StoredEvent;
import dev.bellhop.listener.journal.stored.DeliveryRow;
import org.jspecify.annotations.Nullable;

/// The one connection that changes the database, used by the committer's thread alone.
final class Writer implements AutoCloseable {
    private final Connection connection;
    private final Lookups lookups;
    private final PreparedStatement begin;
    private final PreparedStatement commit;
    private final PreparedStatement event;
    private final PreparedStatement delivery;
    private final PreparedStatement extension;
    private final PreparedStatement failure;
    private final PreparedStatement settle;
    private final PreparedStatement stand;
    private final PreparedStatement setAside;
    private final PreparedStatement reopen;
    private final PreparedStatement created;
    private final PreparedStatement from;
    private final PreparedStatement ofTenant;
    private final List<PreparedStatement> removals;
    private final PreparedStatement removeEvent;

    Writer(Path database) throws SQLException {
        this(Connections.forWriting(database));
    }

    private Writer(Connection connection) throws SQLException {
        this.connection = connection;
        try {
            Schema.migrate(connection);
            lookups = new Lookups(connection);
            begin = connection.prepareStatement("BEGIN IMMEDIATE");
            commit = connection.prepareStatement("COMMIT");
            event = connection.prepareStatement("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?)");
            delivery = connection.prepareStatement("""
                    INSERT INTO delivery(seq,event,id,tenant,trigger_name,trigger_uid,listener_namespace,listener_name,\
                    dedup_key,dedup_window,concurrency_key,concurrency_policy,replay_of,crc,accepted_at,bytes,\
                    duplicate_of,requested_by,state,due,attempts,finished_at,step,why,standing_crc) \
                    VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)""");
            extension = connection.prepareStatement("INSERT INTO extension VALUES(?,?)");
            failure = connection.prepareStatement("""
                    INSERT INTO failure(delivery,attempt,started_at,ended_at,step,why,crc) VALUES(?,?,?,?,?,?,?) \
                    ON CONFLICT(delivery,attempt) DO UPDATE SET started_at=excluded.started_at,\
                    ended_at=excluded.ended_at,step=excluded.step,why=excluded.why,crc=excluded.crc""");
            settle = connection.prepareStatement("""
                    UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                    created=?,created_crc=? WHERE seq=? AND state<10""");
            stand = connection.prepareStatement("""
                    UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                    requested_by=COALESCE(?,requested_by) WHERE seq=? AND state<10""");
            setAside = connection.prepareStatement("""
                    UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                    requested_by=COALESCE(?,requested_by) WHERE seq=? AND state<>12""");
            reopen = connection.prepareStatement("""
                    UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                    requested_by=COALESCE(?,requested_by) WHERE seq=? AND state IN (11,14)""");
            created = connection.prepareStatement(
                    "UPDATE delivery SET created=?,created_crc=? WHERE seq=? AND state<10");
            from = connection.prepareStatement(
                    "SELECT seq,event,state,accepted_at,tenant,bytes FROM delivery WHERE seq>=? ORDER BY seq LIMIT ?");
            ofTenant = connection.prepareStatement("""
                    SELECT seq,event,state,accepted_at,tenant,bytes FROM delivery WHERE tenant=? AND seq>=? \
                    ORDER BY seq LIMIT ?""");
            removals = List.of(connection.prepareStatement("DELETE FROM delivery WHERE seq=?"),
                    connection.prepareStatement("DELETE FROM extension WHERE delivery=?"),
                    connection.prepareStatement("DELETE FROM failure WHERE delivery=?"));
            // The character after the dot is the slash: all ids that begin with the event's and a dot.
            removeEvent = connection.prepareStatement("""
                    DELETE FROM event WHERE seq=? AND NOT EXISTS(SELECT 1 FROM delivery d \
                    WHERE d.id>event.id||'.' AND d.id<event.id||'/')""");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /// What to look up while writing.
    Lookups lookups() {
        return lookups;
    }

    void begin() throws SQLException {
        begin.execute();
    }

    void commit() throws SQLException {
        commit.execute();
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
        event.setString(12, stored.origin());
        event.executeUpdate();
    }

    /// A delivery as it begins.
    record Beginning(long seq, long event, StoredDelivery delivery, long acceptedAt, long bytes, Standing standing,
            Optional<DeliveryId> duplicateOf, Optional<String> requestedBy) {}

    void insert(Beginning beginning) throws SQLException {
        var stored = beginning.delivery();
        var dedup = stored.dedup();
        var concurrency = stored.concurrency();
        delivery.setLong(1, beginning.seq());
        delivery.setLong(2, beginning.event());
        delivery.setString(3, stored.id().value());
        delivery.setString(4, stored.trigger().namespace());
        delivery.setString(5, stored.trigger().name());
        delivery.setString(6, stored.triggerUid());
        delivery.setString(7, stored.door().name().namespace());
        delivery.setString(8, stored.listenerName());
        delivery.setString(9, dedup.map(DedupKey::value).orElse(null));
        set(delivery, 10, dedup.map(key -> key.window().toMillis()).orElse(null));
        delivery.setString(11, concurrency.map(Concurrency::key).orElse(null));
        set(delivery, 12, concurrency.map(one -> (long) DeliveryRow.code(one.policy())).orElse(null));
        delivery.setString(13, stored.replayOf().map(DeliveryId::value).orElse(null));
        delivery.setInt(14, stored.crc());
        delivery.setLong(15, beginning.acceptedAt());
        delivery.setLong(16, beginning.bytes());
        delivery.setString(17, beginning.duplicateOf().map(DeliveryId::value).orElse(null));
        delivery.setString(18, beginning.requestedBy().orElse(null));
        set(delivery, 19, beginning.standing());
        delivery.executeUpdate();
        if (!stored.extensions().isEmpty()) {
            extension.setLong(1, beginning.seq());
            extension.setString(2, stored.extensions());
            extension.executeUpdate();
        }
    }

    /// What sources remember from now on.
    void remember(MemoryChanges changes) throws SQLException {
        changes.store(connection);
    }

    /// Where one try leaves an unfinished delivery, and what it made; how many rows that changed.
    int settle(long seq, Standing standing, List<ObjectRef> refs) throws SQLException {
        set(settle, 1, standing);
        set(settle, 8, refs);
        settle.setLong(10, seq);
        return settle.executeUpdate();
    }

    /// Where an unfinished delivery stands from now on; how many rows that changed: none when it is not unfinished.
    int stand(long seq, Standing standing, Optional<String> requestedBy) throws SQLException {
        return update(stand, seq, standing, requestedBy);
    }

    /// A delivery is not what was written, whatever it says of itself.
    int setAside(long seq, Standing standing) throws SQLException {
        return update(setAside, seq, standing, Optional.empty());
    }

    /// A dead or cancelled delivery is to be tried again.
    int reopen(long seq, Standing standing, String requestedBy) throws SQLException {
        return update(reopen, seq, standing, Optional.of(requestedBy));
    }

    private static int update(PreparedStatement statement, long seq, Standing standing, Optional<String> requestedBy)
            throws SQLException {
        set(statement, 1, standing);
        statement.setString(8, requestedBy.orElse(null));
        statement.setLong(9, seq);
        return statement.executeUpdate();
    }

    /// What an unfinished delivery made so far.
    void created(long seq, List<ObjectRef> refs) throws SQLException {
        set(created, 1, refs);
        created.setLong(3, seq);
        created.executeUpdate();
    }

    /// One try that did not succeed.
    void failed(long seq, FailedTry failed) throws SQLException {
        failure.setLong(1, seq);
        failure.setInt(2, failed.attempt());
        failure.setLong(3, failed.startedAt().toEpochMilli());
        failure.setLong(4, failed.endedAt().toEpochMilli());
        failure.setString(5, failed.step());
        failure.setString(6, failed.why());
        failure.setInt(7, FailedTries.crc(failed));
        failure.executeUpdate();
    }

    private static void set(PreparedStatement statement, int first, List<ObjectRef> refs) throws SQLException {
        var json = refs.isEmpty() ? null : Refs.toJson(refs);
        statement.setString(first, json);
        set(statement, first + 1, json == null ? null : (long) Refs.crc(json));
    }

    private static void set(PreparedStatement statement, int first, Standing standing) throws SQLException {
        statement.setInt(first, State.code(standing.state()));
        statement.setLong(first + 1, standing.due());
        statement.setInt(first + 2, standing.attempts());
        set(statement, first + 3, standing.finishedAt());
        statement.setString(first + 4, standing.step());
        statement.setString(first + 5, standing.why());
        statement.setInt(first + 6, standing.crc());
    }

    private static void set(PreparedStatement statement, int index, @Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BIGINT);
        } else {
            statement.setLong(index, value);
        }
    }

    /// A delivery that may be removed when it is `finished`.
    record Candidate(long seq, long event, boolean finished, long acceptedAt, String tenant, long bytes) {}

    /// The first `max` deliveries from `seq` on.
    List<Candidate> from(long seq, int max) throws SQLException {
        from.setLong(1, seq);
        from.setInt(2, max);
        return candidates(from);
    }

    /// The first `max` deliveries of a tenant from `seq` on.
    List<Candidate> ofTenant(String tenant, long seq, int max) throws SQLException {
        ofTenant.setString(1, tenant);
        ofTenant.setLong(2, seq);
        ofTenant.setInt(3, max);
        return candidates(ofTenant);
    }

    private static List<Candidate> candidates(PreparedStatement statement) throws SQLException {
        var all = new ArrayList<Candidate>();
        try (var rows = statement.executeQuery()) {
            while (rows.next()) {
                all.add(new Candidate(rows.getLong(1), rows.getLong(2), State.of(rows.getInt(3)).isFinished(),
                        rows.getLong(4), rows.getString(5), rows.getLong(6)));
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
