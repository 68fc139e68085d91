package dev.bellhop.listener.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

import dev.bellhop.listener.journal.intake.WriteQueue;
import dev.bellhop.listener.journal.intake.Write;
import dev.bellhop.listener.journal.ready.Ready;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// The thread that writes. It takes what waits in its [WriteQueue] into one [Transaction], so that one commit serves all of it.
/// Between batches it looks after its [Holdings].
///
/// When the database is lost, waiting appends are refused; what became of deliveries is kept and written as soon as there
/// is a connection again.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int CONFLICTS = 10;
    private static final Duration IDLE_PAUSE = Duration.ofMillis(500);
    /// How long a closing journal tries to write what it must.
    private static final Duration LAST_TRIES = Duration.ofSeconds(10);

    private final Link link;
    private final Health health;
    private final Transaction.Shared shared;
    private final Holdings holdings;
    private final ReentrantLock commits;
    private final WriteQueue queue;
    private final AtomicBoolean refillWanted = new AtomicBoolean();
    /// Rows may be ours that the ready queue does not know of.
    private final AtomicBoolean strays = new AtomicBoolean();
    private final Thread thread;

    private Duration pause = IDLE_PAUSE;
    private volatile boolean abandoned;

    Committer(Link link, Health health, Transaction.Shared shared, ReentrantLock commits) {
        this.link = link;
        this.health = health;
        this.shared = shared;
        this.holdings = new Holdings(link, shared);
        this.commits = commits;
        queue = new WriteQueue(shared.counts(), () -> health.refusal().orElse(Health.LOST));
        thread = Thread.ofPlatform().name("journal-committer").unstarted(this::run);
    }

    void start() throws SQLException {
        shared.sequence().startAfter(link.reading(Committer::lastSeq));
        thread.start();
    }

    private static long lastSeq(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT COALESCE(MAX(seq),0) FROM delivery")) {
            row.next();
            return row.getLong(1);
        }
    }

    void submit(Write write) {
        queue.submit(write);
    }

    /// Something due is stored that nobody holds: claim it.
    void refill() {
        if (refillWanted.compareAndSet(false, true)) {
            submit(new Write.Wake());
        }
    }

    /// A delivery left the ready queue without being settled: anyone may have it.
    void freeStrays() {
        strays.set(true);
        submit(new Write.Wake());
    }

    /// Writes what waits and ends.
    void close() {
        health.close();
        join();
    }

    /// Ends at once, as a killed process does.
    void abandon() {
        abandoned = true;
        close();
    }

    private void join() {
        submit(new Write.Wake());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // What was acknowledged is stored, but what was tried is to be stored, too.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!health.isClosing()) {
                turn();
            }
            long deadline = System.nanoTime() + LAST_TRIES.toNanos();
            while (!abandoned && (!queue.isEmpty() || queue.hasUnwritten())
                    && System.nanoTime() - deadline < 0) {
                turn();
            }
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; end as if closed.
            LOG.atError().setCause(e).log("Journal was interrupted");
        } finally {
            health.close();
            queue.end();
            link.close();
        }
    }

    private void turn() throws InterruptedException {
        var batch = nextBatch();
        try {
            if (health.isFine() || recovers()) {
                if (shared.lease().isLost()) {
                    rejoin();
                }
                if (!batch.isEmpty()) {
                    commit(batch);
                }
                if (strays.getAndSet(false)) {
                    holdings.freeStrays();
                }
                if (refillWanted.getAndSet(false) && shared.lease().isHeld()) {
                    claim();
                }
            } else {
                queue.putBack(batch);
            }
        } catch (SQLException e) {
            LOG.atError().setCause(e).log("Journal could not free what it let go of");
            trouble("the database is lost: " + e.getMessage());
        } catch (RuntimeException e) {
            // A fault of ours. The thread must live: without it nothing is accepted or finished any more.
            LOG.atError().setCause(e).log("Journal turn failed");
            trouble("the journal failed: " + e);
        }
    }

    private List<Write> nextBatch() throws InterruptedException {
        if (!health.isFine()) {
            // Nothing is to be gained by haste.
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
        }
        boolean hurry = queue.hasUnwritten() || health.isClosing() || !health.isFine();
        return queue.next(hurry ? Duration.ZERO : IDLE_PAUSE, true);
    }

    /// After a loss: whether the database is there again. What a lost commit may have left to us is freed.
    private boolean recovers() {
        try {
            holdings.freeStrays();
            strays.set(false);
            health.recover();
            LOG.atInfo().log("Journal reaches its database again");
            refillWanted.set(true);
            return true;
        } catch (SQLException e) {
            var why = "the database is lost: " + e.getMessage();
            LOG.atLevel(health.isIn(why) ? Level.DEBUG : Level.WARN).addKeyValue("why", e.getMessage())
                    .log("Journal does not reach its database");
            trouble(why);
            return false;
        }
    }

    private void trouble(String why) {
        pause = health.trouble(why);
    }

    private void commit(List<Write> batch) {
        try {
            writePatiently(batch);
        } catch (SQLException e) {
            switch (Trouble.of(e)) {
                case FULL, LOST -> {
                    LOG.atError().addKeyValue("writes", batch.size()).setCause(e).log("Journal could not write");
                    trouble("the database is lost: " + e.getMessage());
                    queue.putBack(batch);
                }
                case CONFLICT, NONE -> rejectTheOneAtFault(batch, e);
            }
        } catch (RuntimeException e) {
            rejectTheOneAtFault(batch, e);
        }
    }

    /// Replicas that get into each other's way try again.
    private void writePatiently(List<Write> batch) throws SQLException {
        for (int left = CONFLICTS;; left--) {
            try {
                write(batch);
                return;
            } catch (SQLException e) {
                if (Trouble.of(e) != Trouble.CONFLICT || left == 0) {
                    throw e;
                }
                LOG.atDebug().setCause(e).log("Journal writes again after a conflict");
            }
        }
    }

    private void write(List<Write> batch) throws SQLException {
        link.on(connection -> {
            var transaction = new Transaction(connection, shared);
            connection.setAutoCommit(false);
            try {
                transaction.store(batch);
                commits.lock();
                try {
                    connection.clearWarnings();
                    connection.commit();
                    refuseHalfCommits(connection);
                    transaction.carryOut();
                } finally {
                    commits.unlock();
                }
            } catch (SQLException | RuntimeException e) {
                if (transaction.undo()) {
                    strays.set(true);
                }
                throw e;
            }
            connection.setAutoCommit(true);
            return true;
        });
    }

    /// A commit that was to wait for a standby, and whose wait somebody cancelled, counts as done and comes with a warning:
    /// the primary has it, and after a failover it may be gone.
    private static void refuseHalfCommits(Connection connection) throws SQLException {
        var warning = connection.getWarnings();
        if (warning != null) {
            throw new SQLException("the commit is not safe: " + warning.getMessage(), "08007", warning);
        }
    }

    private void rejectTheOneAtFault(List<Write> batch, Exception e) {
        if (batch.size() == 1) {
            LOG.atError().setCause(e).log("Journal cannot store what it was given");
            batch.getFirst().fail(e);
        } else {
            // The others shall not suffer for it.
            batch.forEach(write -> commit(List.of(write)));
        }
    }

    private void claim() {
        try {
            holdings.claim().forEach(this::setAside);
        } catch (SQLException e) {
            switch (Trouble.of(e)) {
                // Another replica was quicker; what is left is found by the next claim.
                case CONFLICT -> LOG.atDebug().setCause(e).log("Journal claims again after a conflict");
                case NONE, FULL, LOST -> {
                    LOG.atError().setCause(e).log("Journal could not claim what is due");
                    trouble("the database is lost: " + e.getMessage());
                }
            }
        }
    }

    private void setAside(Ready entry) {
        LOG.atError().addKeyValue("trigger", entry.lane().trigger()).addKeyValue("seq", entry.seq())
                .log("Delivery is corrupt: its id");
        submit(new Write.SetAside(entry, "the stored id is not what was written"));
    }

    private void rejoin() {
        try {
            holdings.beginAnew();
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("Journal could not get a new lease");
            trouble("the database is lost: " + e.getMessage());
        }
    }
}
