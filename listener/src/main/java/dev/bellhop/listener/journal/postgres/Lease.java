package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This replica's life, as the others see it: renewed by a thread of its own several times in its length. The same thread
/// ends the lives of replicas that gave no sign, and frees what they held.
final class Lease {
    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    private static final int RENEWALS = 4;
    private static final int SLOTS = 1_024;

    private final Link link;
    private final String name;
    private final Duration length;
    private final DatabaseClock clock;
    private final Thread thread;

    private volatile String id = "";
    private volatile int slot;
    private volatile long heldUntil;
    private volatile boolean lost;
    private volatile boolean closing;
    /// Since when renewals succeed; others are given as much time after an outage before they are taken for dead.
    private long soundSince;

    Lease(Connections connections, String name, Duration length, DatabaseClock clock) {
        this.link = new Link(connections);
        this.name = name;
        this.length = length;
        this.clock = clock;
        thread = Thread.ofPlatform().daemon().name("journal-lease").unstarted(this::run);
    }

    /// Begins a life and keeps renewing it.
    void start() throws SQLException {
        begin();
        thread.start();
    }

    /// Names this life; what it holds has this owner.
    String id() {
        return id;
    }

    /// Tells this replica's sequence numbers from those of others that live at the same time.
    int slot() {
        return slot;
    }

    /// Whether no other replica can have taken over by now, as far as the own clock tells.
    boolean isHeld() {
        return !lost && System.nanoTime() - heldUntil < 0;
    }

    /// Whether others have taken over.
    boolean isLost() {
        return lost;
    }

    /// Begins a life, after the last was lost.
    void begin() throws SQLException {
        var next = name + "-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());
        long now = System.nanoTime();
        slot = link.reading(connection -> insert(connection, next));
        id = next;
        heldUntil = now + length.toNanos();
        soundSince = now;
        lost = false;
    }

    private int insert(Connection connection, String next) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO replica(id,slot,alive_until) VALUES(?,?,now()+?*INTERVAL '1 millisecond') \
                ON CONFLICT DO NOTHING""")) {
            while (true) {
                int free = ThreadLocalRandom.current().nextInt(SLOTS);
                statement.setString(1, next);
                statement.setInt(2, free);
                statement.setLong(3, length.toMillis());
                if (statement.executeUpdate() == 1) {
                    measure(connection);
                    return free;
                }
            }
        }
    }

    private void measure(Connection connection) throws SQLException {
        var before = clock.own().instant();
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            clock.measured(row.getObject(1, Timestamp.class).toInstant(), before, clock.own().instant());
        }
    }

    private void run() {
        try {
            while (!closing) {
                TimeUnit.NANOSECONDS.sleep(length.dividedBy(RENEWALS).toNanos());
                if (!closing && !lost) {
                    renewAndReap();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void renewAndReap() {
        try {
            long now = System.nanoTime();
            if (link.on(this::renew)) {
                heldUntil = now + length.toNanos();
                if (now - soundSince > length.toNanos()) {
                    link.inTransaction(Lease::reap);
                }
            } else {
                LOG.atWarn().addKeyValue("replica", id)
                        .log("Journal lease was lost; what this replica held goes to others");
                lost = true;
            }
        } catch (SQLException e) {
            soundSince = System.nanoTime();
            LOG.atWarn().setCause(e).log("Journal lease could not be renewed");
        }
    }

    private boolean renew(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE replica SET alive_until=now()+?*INTERVAL '1 millisecond' WHERE id=?")) {
            statement.setLong(1, length.toMillis());
            statement.setString(2, id);
            boolean renewed = statement.executeUpdate() == 1;
            measure(connection);
            return renewed;
        }
    }

    /// Ends the lives that were not renewed. Whoever renews at the same moment waits for the row, and then does not find it.
    /// Whoever was just writing then holds what it wrote under a name that is gone: that is freed, too.
    private static int reap(Connection connection) throws SQLException {
        var dead = ids(connection, "SELECT id FROM replica WHERE alive_until<now() FOR UPDATE SKIP LOCKED");
        dead.addAll(ids(connection, """
                SELECT DISTINCT d.owner FROM delivery d WHERE d.owner IS NOT NULL \
                AND NOT EXISTS(SELECT 1 FROM replica r WHERE r.id=d.owner)"""));
        for (var one : dead) {
            int freed = end(connection, one);
            LOG.atWarn().addKeyValue("replica", one).addKeyValue("deliveries", freed)
                    .log("Replica gave no sign of life; what it held is free again");
        }
        return dead.size();
    }

    private static List<String> ids(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    private static int end(Connection connection, String id) throws SQLException {
        int freed;
        try (var statement = connection.prepareStatement(
                "UPDATE delivery SET owner=NULL,running_key=NULL WHERE owner=?")) {
            statement.setString(1, id);
            freed = statement.executeUpdate();
        }
        try (var statement = connection.prepareStatement("DELETE FROM replica WHERE id=?")) {
            statement.setString(1, id);
            statement.executeUpdate();
        }
        return freed;
    }

    /// Ends this life and frees what it holds; `handOver` false leaves both to the others, as a killed process does.
    void close(boolean handOver) {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (link) {
            if (handOver) {
                int freed = link.inTransaction(connection -> end(connection, id));
                LOG.atInfo().addKeyValue("replica", id).addKeyValue("deliveries", freed)
                        .log("Journal lease was given back; what this replica held is free");
            }
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("replica", id).setCause(e)
                    .log("Journal lease could not be given back; others take over when it ends");
        }
    }
}
