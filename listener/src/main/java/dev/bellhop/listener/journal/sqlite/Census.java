package dev.bellhop.listener.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what is stored: when the journal begins, and when its file was made anew. What is unfinished is counted before anything
/// else happens. What is finished may be a million rows, and only retention asks for it: it is counted beside the rest, from how
/// the file was at the beginning.
final class Census {
    private static final Logger LOG = LoggerFactory.getLogger(Census.class);
    /// Small journals are counted by then, and people see the right number from the beginning.
    private static final Duration SHORT_WAIT = Duration.ofMillis(200);

    private final Path database;
    private final Ledger ledger;
    private final ReadyQueue ready;
    private final Consumer<SQLException> damage;
    private Thread counting = Thread.ofPlatform().unstarted(() -> {});

    /// `damage` is told of what makes counting impossible.
    Census(Path database, Ledger ledger, ReadyQueue ready, Consumer<SQLException> damage) {
        this.database = database;
        this.ledger = ledger;
        this.ready = ready;
        this.damage = damage;
    }

    /// Called by the one who writes, which must not write meanwhile.
    void take(Lookups lookups) throws SQLException {
        var unfinished = new HashMap<Lane, Waiting>();
        for (var lane : lookups.unfinishedByLane()) {
            unfinished.put(lane.lane(), new Waiting(lane.deliveries(), lane.bytes()));
            ready.addLater(lane.lane(), lane.due());
        }
        ledger.counted(unfinished);
        var connection = Connections.forReading(database);
        try {
            beginToRead(connection);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        ledger.beginCount();
        counting = Thread.ofPlatform().daemon().name("journal-census").start(() -> countFinished(connection));
        await(SHORT_WAIT);
    }

    /// Waits until nobody counts any more.
    void await() {
        await(Duration.ofDays(1));
    }

    private void await(Duration patience) {
        try {
            if (counting.getState() != Thread.State.NEW) {
                counting.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is written from now on this connection does not see.
    private static void beginToRead(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT 1 FROM delivery LIMIT 1").close();
        }
    }

    private void countFinished(Connection connection) {
        try (connection) {
            ledger.countedKept(finishedByTenant(connection));
        } catch (SQLException e) {
            LOG.atError().setCause(e).log("Journal could not count what is finished");
            damage.accept(e);
        } finally {
            ledger.endCount();
        }
    }

    /// Nearly all rows are finished: reading the table from front to end is several times as fast as fetching each in the order of
    /// an index.
    private static Map<String, Waiting> finishedByTenant(Connection connection) throws SQLException {
        var kept = new HashMap<String, Waiting>();
        try (var statement = connection.createStatement(); var r = statement.executeQuery("""
                SELECT tenant,COUNT(*),SUM(bytes) FROM delivery NOT INDEXED WHERE state>=10 GROUP BY tenant""")) {
            while (r.next()) {
                kept.put(r.getString(1), new Waiting(r.getLong(2), r.getLong(3)));
            }
        }
        return kept;
    }
}
