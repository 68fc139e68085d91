package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.stored.DeliveryRow;
import dev.bellhop.listener.journal.stored.FailedTries;
import dev.bellhop.listener.journal.stored.Refs;
import dev.bellhop.listener.journal.stored.Standing;
import dev.bellhop.listener.journal.stored.State;
import dev.bellhop.listener.journal.stored.StoredDelivery;
import dev.bellhop.listener.journal.stored.StoredEvent;
import org.jspecify.annotations.Nullable;

/// The statements that change rows, many of a kind in one round trip.
final class Rows {
    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    private interface Values<T> {
        void set(PreparedStatement statement, T row) throws SQLException;
    }

    /// How many rows each changed.
    private <T> int[] each(String sql, List<T> rows, Values<T> values) throws SQLException {
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

    record NewEvent(long seq, StoredEvent stored, int deliveries) {}

    void insertEvents(List<NewEvent> events) throws SQLException {
        each("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?)", events, (event, row) -> {
            var stored = row.stored();
            event.setLong(1, row.seq());
            event.setInt(2, row.deliveries());
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
        });
    }

    /// A delivery as it begins.
    ///
    /// @param owner the replica that holds it from the start
    record Beginning(long seq, long event, StoredDelivery delivery, long acceptedAt, long bytes, Standing standing,
            Optional<DeliveryId> duplicateOf, Optional<String> requestedBy, Optional<String> owner) {}

    /// Inserts deliveries and their extensions; false where an unfinished or done one has the same dedup key.
    boolean[] insert(List<Beginning> beginnings) throws SQLException {
        var counts = each("""
                INSERT INTO delivery(seq,event,id,tenant,trigger_name,trigger_uid,listener_namespace,listener_name,\
                dedup_key,dedup_window,concurrency_key,concurrency_policy,replay_of,crc,accepted_at,bytes,\
                duplicate_of,requested_by,state,due,attempts,finished_at,step,why,standing_crc,owner,dedup_live) \
                VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) \
                ON CONFLICT(trigger_uid,dedup_live) WHERE dedup_live IS NOT NULL DO NOTHING""", beginnings, Rows::set);
        var inserted = new boolean[counts.length];
        for (int i = 0; i < counts.length; i++) {
            inserted[i] = counts[i] == 1;
        }
        var extended = IntStream.range(0, counts.length).filter(i -> inserted[i])
                .mapToObj(beginnings::get).filter(one -> !one.delivery().extensions().isEmpty()).toList();
        each("INSERT INTO extension VALUES(?,?)", extended, (statement, row) -> {
            statement.setLong(1, row.seq());
            statement.setString(2, row.delivery().extensions());
        });
        return inserted;
    }

    private static void set(PreparedStatement delivery, Beginning beginning) throws SQLException {
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
        setInt(delivery, 12, concurrency.map(one -> DeliveryRow.code(one.policy())).orElse(null));
        delivery.setString(13, stored.replayOf().map(DeliveryId::value).orElse(null));
        delivery.setInt(14, stored.crc());
        delivery.setLong(15, beginning.acceptedAt());
        delivery.setLong(16, beginning.bytes());
        delivery.setString(17, beginning.duplicateOf().map(DeliveryId::value).orElse(null));
        delivery.setString(18, beginning.requestedBy().orElse(null));
        set(delivery, 19, beginning.standing());
        delivery.setString(26, beginning.owner().orElse(null));
        boolean live = !beginning.standing().state().isFinished();
        delivery.setString(27, dedup.filter(_ -> live).map(DedupKey::value).orElse(null));
    }

    /// Where one try left a delivery that `owner` holds.
    record Settled(long seq, Standing standing, List<ObjectRef> created, String owner) {}

    /// Lets go of deliveries that were tried; 0 where the delivery is held by another or was tried meanwhile.
    int[] settle(List<Settled> all) throws SQLException {
        return each("""
                UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                created=?,created_crc=?,owner=NULL,running_key=NULL,dedup_live=CASE WHEN ? THEN dedup_live END \
                WHERE seq=? AND owner=? AND attempts=? AND state<10""", all, (statement, row) -> {
            set(statement, 1, row.standing());
            set(statement, 8, row.created());
            statement.setBoolean(10, isLive(row.standing()));
            statement.setLong(11, row.seq());
            statement.setString(12, row.owner());
            statement.setInt(13, row.standing().attempts() - 1);
        });
    }

    /// Whether later ones with the same dedup key are duplicates of it.
    private static boolean isLive(Standing standing) {
        return switch (standing.state()) {
            case PENDING, RETRYING, DONE -> true;
            case DEAD, CORRUPT, DUPLICATE, CANCELLED -> false;
        };
    }

    /// Whether a row stands so already: what was settled was stored although nobody could tell us.
    boolean stands(long seq, Standing standing) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT 1 FROM delivery WHERE seq=? AND attempts=? AND standing_crc=?")) {
            statement.setLong(1, seq);
            statement.setInt(2, standing.attempts());
            statement.setInt(3, standing.crc());
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /// Lets go of a delivery without a word about it.
    void free(List<Long> seqs, String owner) throws SQLException {
        each("UPDATE delivery SET owner=NULL,running_key=NULL WHERE seq=? AND owner=?", seqs, (statement, seq) -> {
            statement.setLong(1, seq);
            statement.setString(2, owner);
        });
    }

    /// Cancels an unfinished delivery that nobody else holds; 0 when one does.
    int cancel(long seq, Standing standing, Optional<String> requestedBy, String owner) throws SQLException {
        return each("""
                UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                requested_by=COALESCE(?,requested_by),owner=NULL,running_key=NULL,dedup_live=NULL \
                WHERE seq=? AND state<10 AND (owner IS NULL OR owner=?)""", List.of(standing), (statement, row) -> {
            set(statement, 1, row);
            statement.setString(8, requestedBy.orElse(null));
            statement.setLong(9, seq);
            statement.setString(10, owner);
        })[0];
    }

    /// A delivery is not what was written, whatever it says of itself.
    int setAside(long seq, Standing standing, String owner) throws SQLException {
        return each("""
                UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                owner=NULL,running_key=NULL,dedup_live=NULL \
                WHERE seq=? AND state<>12 AND (owner IS NULL OR owner=?)""", List.of(standing), (statement, row) -> {
            set(statement, 1, row);
            statement.setLong(8, seq);
            statement.setString(9, owner);
        })[0];
    }

    /// A dead or cancelled delivery is to be tried again. Others are duplicates of it unless another took that place.
    void reopen(long seq, Standing standing, String requestedBy) throws SQLException {
        each("""
                UPDATE delivery SET state=?,due=?,attempts=?,finished_at=?,step=?,why=?,standing_crc=?,\
                requested_by=?,dedup_live=CASE WHEN NOT EXISTS(SELECT 1 FROM delivery o \
                WHERE o.trigger_uid=delivery.trigger_uid AND o.dedup_live=delivery.dedup_key) THEN dedup_key END \
                WHERE seq=? AND state IN (11,14)""", List.of(standing), (statement, row) -> {
            set(statement, 1, row);
            statement.setString(8, requestedBy);
            statement.setLong(9, seq);
        });
    }

    /// What a delivery made so far.
    record Progress(long seq, List<ObjectRef> created, String owner) {}

    void created(List<Progress> all) throws SQLException {
        each("UPDATE delivery SET created=?,created_crc=? WHERE seq=? AND owner=? AND state<10", all,
                (statement, row) -> {
                    set(statement, 1, row.created());
                    statement.setLong(3, row.seq());
                    statement.setString(4, row.owner());
                });
    }

    /// One try that did not succeed.
    record Failure(long seq, FailedTry failed) {}

    void failed(List<Failure> all) throws SQLException {
        each("""
                INSERT INTO failure(delivery,attempt,started_at,ended_at,step,why,crc) VALUES(?,?,?,?,?,?,?) \
                ON CONFLICT(delivery,attempt) DO UPDATE SET started_at=excluded.started_at,\
                ended_at=excluded.ended_at,step=excluded.step,why=excluded.why,crc=excluded.crc""", all,
                (statement, row) -> {
                    var failed = row.failed();
                    statement.setLong(1, row.seq());
                    statement.setInt(2, failed.attempt());
                    statement.setLong(3, failed.startedAt().toEpochMilli());
                    statement.setLong(4, failed.endedAt().toEpochMilli());
                    statement.setString(5, failed.step());
                    statement.setString(6, failed.why());
                    statement.setInt(7, FailedTries.crc(failed));
                });
    }

    /// Names a concurrency key of a Trigger.
    record Key(String triggerUid, String key) {}

    /// Keeps other replicas from looking for deliveries of these keys until the transaction ends. In one order everywhere.
    void lock(List<Key> keys, long now) throws SQLException {
        var sorted = keys.stream().distinct()
                .sorted(Comparator.comparing(Key::triggerUid).thenComparing(Key::key)).toList();
        each("""
                INSERT INTO key_lock VALUES(?,?,?) \
                ON CONFLICT(trigger_uid,concurrency_key) DO UPDATE SET used_at=excluded.used_at""", sorted,
                (statement, key) -> {
                    statement.setString(1, key.triggerUid());
                    statement.setString(2, key.key());
                    statement.setLong(3, now);
                });
    }

    private static void set(PreparedStatement statement, int first, List<ObjectRef> refs) throws SQLException {
        var json = refs.isEmpty() ? null : Refs.toJson(refs);
        statement.setString(first, json);
        setInt(statement, first + 1, json == null ? null : Refs.crc(json));
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

    private static void setInt(PreparedStatement statement, int index, @Nullable Integer value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.INTEGER);
        } else {
            statement.setInt(index, value);
        }
    }
}
