package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.bellhop.listener.journal.Backlog.Waiting;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Counts each second what waits, the work of other replicas included, and tells the ready queue what nobody holds. The
/// same thread lets go what retention lets go, when it is this replica's duty.
final class Census {
    private static final Logger LOG = LoggerFactory.getLogger(Census.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration TIDY_PAUSE = Duration.ofMillis(50);
    /// A count that takes long is made less often: at most a twentieth of the time is spent on it.
    private static final int SHARE = 20;
    /// What is kept changes slowly, and counting it reads every row.
    private static final Duration KEPT_PAUSE = Duration.ofMinutes(5);

    private final Link link;
    private final Ledger ledger;
    private final ReadyQueue ready;
    private final Pruner pruner;
    private final ReentrantLock commits;
    private final Thread thread;
    private volatile boolean closing;
    private long countAt = System.nanoTime();
    private long countKeptAt = System.nanoTime();

    /// `commits` is held by the committer from a commit until its consequences are carried out.
    Census(Connections connections, Ledger ledger, ReadyQueue ready, Lease lease, DatabaseClock clock,
            Function<String, RetentionLimits> retention, ReentrantLock commits) {
        link = new Link(connections);
        this.ledger = ledger;
        this.ready = ready;
        this.commits = commits;
        pruner = new Pruner(link, ledger, lease, clock, retention);
        thread = Thread.ofPlatform().daemon().name("journal-census").unstarted(this::run);
    }

    /// Counts once, then on a thread of its own.
    void start() throws SQLException {
        count();
        thread.start();
    }

    private void run() {
        try {
            boolean more = false;
            while (!closing) {
                TimeUnit.NANOSECONDS.sleep((more ? TIDY_PAUSE : PAUSE.dividedBy(2)).toNanos());
                more = !closing && turn();
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    /// Whether there is more to tidy.
    private boolean turn() {
        try {
            if (System.nanoTime() - countAt >= 0) {
                count();
            }
            return pruner.step();
        } catch (SQLException e) {
            // Of a lost database the committer tells.
            var level = Trouble.of(e) == Trouble.LOST ? Level.DEBUG : Level.WARN;
            LOG.atLevel(level).setCause(e).log("Journal could not count what waits or remove what is old");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Journal census failed");
        }
        countAt = System.nanoTime() + PAUSE.toNanos();
        return false;
    }

    private void count() throws SQLException {
        long start = System.nanoTime();
        try {
            link.inTransaction(this::count);
        } finally {
            ledger.endCount();
        }
        countAt = System.nanoTime() + Math.max(PAUSE.toNanos(), SHARE * (System.nanoTime() - start));
    }

    private boolean count(Connection connection) throws SQLException {
        beginCount(connection);
        var unfinished = Claims.unfinished(connection);
        ledger.counted(unfinished.stream()
                .collect(Collectors.toMap(Claims.Unfinished::lane, Claims.Unfinished::waiting)));
        for (var lane : unfinished) {
            lane.due().ifPresent(due -> ready.addLater(lane.lane(), due));
        }
        if (System.nanoTime() - countKeptAt >= 0) {
            countKept(connection);
            countKeptAt = System.nanoTime() + KEPT_PAUSE.toNanos();
        }
        return true;
    }

    /// The first statement takes the picture; between two commits, so that each is in it or counted after it.
    private void beginCount(Connection connection) throws SQLException {
        commits.lock();
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            statement.executeQuery("SELECT version FROM journal_schema").close();
            ledger.beginCount();
        } finally {
            commits.unlock();
        }
    }

    private void countKept(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var r = statement.executeQuery(
                        "SELECT tenant,COUNT(*),SUM(bytes) FROM delivery WHERE state>=10 GROUP BY tenant")) {
            var kept = new HashMap<String, Waiting>();
            while (r.next()) {
                kept.put(r.getString(1), new Waiting(r.getLong(2), r.getLong(3)));
            }
            ledger.countedKept(kept);
        }
    }

    void close() {
        closing = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        link.close();
    }
}
