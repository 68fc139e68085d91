package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.intake.Ledger;

/// Removes finished deliveries whose time is over, tenant by tenant, a tenant's oldest first, and few at a time. One replica
/// at a time has the duty.
final class Pruner {
    private static final int ROWS_A_STEP = 200;
    private static final int DUTY_SECONDS = 60;
    /// How long the lock of a concurrency key stays after it was used last.
    private static final long KEY_MILLIS = 3_600_000;

    private final Link link;
    private final Ledger ledger;
    private final Lease lease;
    private final DatabaseClock clock;
    private final Function<String, RetentionLimits> limits;
    private final ArrayDeque<String> toVisit = new ArrayDeque<>();

    Pruner(Link link, Ledger ledger, Lease lease, DatabaseClock clock, Function<String, RetentionLimits> limits) {
        this.link = link;
        this.ledger = ledger;
        this.lease = lease;
        this.clock = clock;
        this.limits = limits;
    }

    private record Row(long seq, long event, long acceptedAt, long bytes) {}

    /// Removes some of what retention lets go of one tenant; returns whether there may be more.
    boolean step() throws SQLException {
        if (toVisit.isEmpty()) {
            if (!link.on(this::isOnDuty)) {
                return false;
            }
            toVisit.addAll(ledger.tenantsWithKept());
            link.on(this::removeKeys);
        }
        if (toVisit.isEmpty()) {
            return false;
        }
        var tenant = toVisit.getFirst();
        var gone = link.inTransaction(connection -> prune(connection, tenant));
        gone.forEach(row -> ledger.kept(tenant, -1, -row.bytes()));
        if (gone.size() < ROWS_A_STEP) {
            toVisit.removeFirst();
        }
        return !toVisit.isEmpty();
    }

    private boolean isOnDuty(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE duty SET holder=?,held_until=now()+?*INTERVAL '1 second' \
                WHERE name='retention' AND (holder=? OR held_until<now())""")) {
            statement.setString(1, lease.id());
            statement.setInt(2, DUTY_SECONDS);
            statement.setString(3, lease.id());
            return statement.executeUpdate() == 1;
        }
    }

    private boolean removeKeys(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("DELETE FROM key_lock WHERE used_at<?")) {
            statement.setLong(1, clock.millis() - KEY_MILLIS);
            return statement.executeUpdate() > 0;
        }
    }

    private List<Row> prune(Connection connection, String tenant) throws SQLException {
        var limit = limits.apply(tenant);
        var kept = ledger.keptOf(tenant);
        long excess = kept.deliveries() - limit.maxDeliveries();
        long excessBytes = kept.bytes() - limit.maxBytes();
        long oldest = clock.millis() - limit.maxAge().toMillis();
        var over = new ArrayList<Row>();
        for (var row : oldest(connection, tenant)) {
            if (row.acceptedAt() >= oldest && excess <= 0 && excessBytes <= 0) {
                break;
            }
            over.add(row);
            excess--;
            excessBytes -= row.bytes();
        }
        if (!over.isEmpty()) {
            remove(connection, over);
        }
        return over;
    }

    /// What somebody asks for at this moment is passed over.
    private static List<Row> oldest(Connection connection, String tenant) throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT seq,event,accepted_at,bytes FROM delivery WHERE tenant=? AND state>=10 \
                ORDER BY seq LIMIT ? FOR UPDATE SKIP LOCKED""")) {
            statement.setString(1, tenant);
            statement.setInt(2, ROWS_A_STEP);
            var all = new ArrayList<Row>();
            try (var r = statement.executeQuery()) {
                while (r.next()) {
                    all.add(new Row(r.getLong(1), r.getLong(2), r.getLong(3), r.getLong(4)));
                }
            }
            return all;
        }
    }

    /// An event goes with its last delivery.
    private static void remove(Connection connection, List<Row> over) throws SQLException {
        for (var sql : List.of("DELETE FROM delivery WHERE seq=?", "DELETE FROM extension WHERE delivery=?",
                "DELETE FROM failure WHERE delivery=?")) {
            try (var statement = connection.prepareStatement(sql)) {
                each(statement, over.stream().map(Row::seq).toList());
            }
        }
        try (var statement = connection.prepareStatement("""
                DELETE FROM event WHERE seq=? AND NOT EXISTS(SELECT 1 FROM delivery d WHERE d.event=event.seq)""")) {
            each(statement, over.stream().map(Row::event).distinct().toList());
        }
    }

    private static void each(PreparedStatement statement, List<Long> seqs) throws SQLException {
        for (long seq : seqs) {
            statement.setLong(1, seq);
            statement.addBatch();
        }
        statement.executeBatch();
    }
}
