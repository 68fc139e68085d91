package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.intake.WriteQueue;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that writes. It takes what waits in its [WriteQueue] into one [Transaction], so that one sync of the disk serves all
/// of it: the slower the disk, the larger the batches. Between batches it refills the ready queue and
/// does its [Housekeeping].
///
/// When the disk is full or fails, waiting appends are refused; what became of deliveries is kept and written as soon as
/// the disk takes it.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);

    private final LiveWriter writer;
    private final Health health;
    private final Housekeeping housekeeping;
    private final ReadyQueue ready;
    private final Ledger ledger;
    private final Counts counts;
    private final Clock clock;
    private final WriteQueue queue;
    private final AtomicBoolean refillWanted = new AtomicBoolean();
    private final Thread thread;

    private long nextSeq;

    Committer(LiveWriter writer, Health health, Housekeeping housekeeping, ReadyQueue ready, Ledger ledger,
            Census census, Counts counts, Clock clock) throws SQLException {
        this.writer = writer;
        this.health = health;
        this.housekeeping = housekeeping;
        this.ready = ready;
        this.ledger = ledger;
        this.counts = counts;
        this.clock = clock;
        queue = new WriteQueue(counts, () -> health.refusal().orElseGet(health::trouble));
        var lookups = writer.get().lookups();
        nextSeq = 1 + lookups.lastSeq();
        census.take(lookups);
        thread = Thread.ofPlatform().name("journal-committer").unstarted(this::run);
    }

    void start() throws IOException {
        housekeeping.begin();
        thread.start();
    }

    void submit(Write write) {
        queue.submit(write);
    }

    /// Something due is on disk only: fetch it into the ready queue.
    void refill() {
        if (refillWanted.compareAndSet(false, true)) {
            submit(new Write.Wake());
        }
    }

    /// Writes what waits and ends.
    void close() {
        health.close();
        submit(new Write.Wake());
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                // What was acknowledged is on disk, but whoever closes relies on the files being released.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!health.isClosing() || !queue.isEmpty()) {
                turn();
            }
            var last = queue.next(Duration.ZERO, true);
            if (!last.isEmpty()) {
                commit(last);
            }
            housekeeping.checkpoint();
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; end as if closed.
            LOG.atError().setCause(e).log("Journal was interrupted");
        } finally {
            health.enter(Health.State.FAILING, "the journal has ended");
            queue.end();
            writer.close();
        }
    }

    private void turn() throws InterruptedException {
        // What room the ballast left on a full disk is for finishing work.
        var batch = queue.next(pause(), health.state() != Health.State.FULL);
        try {
            if (!batch.isEmpty()) {
                commit(batch);
            } else {
                housekeeping.checkpoint();
            }
            if (refillWanted.getAndSet(false)) {
                refillReadyQueue();
            }
            housekeeping.keep();
        } catch (RuntimeException e) {
            // A fault of ours. The thread must live: without it nothing is accepted or finished any more.
            LOG.atError().setCause(e).log("Journal turn failed");
            housekeeping.trouble(Health.State.FAILING, "the journal failed: " + e);
        }
    }

    private Duration pause() {
        if (health.isClosing()) {
            return Duration.ZERO;
        }
        return queue.hasUnwritten() ? Housekeeping.TROUBLED_PAUSE : housekeeping.pause();
    }

    private void commit(List<Write> batch) {
        try {
            write(batch);
        } catch (SQLException e) {
            switch (Trouble.of(e)) {
                case FULL -> postpone(batch, Health.State.FULL, "the disk is full", e);
                case FAILING -> postpone(batch, Health.State.FAILING, "the disk fails: " + e.getMessage(), e);
                case NONE -> rejectTheOneAtFault(batch, e);
            }
        } catch (RuntimeException e) {
            rejectTheOneAtFault(batch, e);
        }
    }

    private void write(List<Write> batch) throws SQLException {
        var out = writer.get();
        var transaction = new Transaction(out, ready, ledger, counts, clock.instant(), nextSeq);
        out.begin();
        try {
            for (var write : batch) {
                transaction.store(write);
            }
            transaction.finish();
            out.commit();
        } catch (SQLException | RuntimeException e) {
            transaction.undo();
            out.rollback();
            throw e;
        }
        housekeeping.written();
        nextSeq = transaction.nextSeq();
        transaction.carryOut();
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

    /// The disk did not take the batch: new work is refused, the rest waits.
    private void postpone(List<Write> batch, Health.State next, String reason, SQLException e) {
        LOG.atError().addKeyValue("reason", reason).addKeyValue("writes", batch.size()).setCause(e)
                .log("Journal could not write");
        housekeeping.cameUpon(e);
        housekeeping.trouble(next, reason);
        queue.putBack(batch);
    }

    private void refillReadyQueue() {
        long now = clock.millis();
        for (var lane : ready.hungry(now)) {
            try {
                var due = writer.get().lookups().due(lane, ready.refillSize(lane), now);
                ready.refill(lane, due.refill());
                due.unreadable().forEach(this::setAside);
            } catch (SQLException e) {
                LOG.atError().addKeyValue("trigger", lane.trigger()).setCause(e)
                        .log("Journal could not read what is due");
                housekeeping.cameUpon(e);
                housekeeping.trouble(Health.State.FAILING, "the disk fails: " + e.getMessage());
                return;
            }
        }
    }

    private void setAside(Ready entry) {
        LOG.atError().addKeyValue("trigger", entry.lane().trigger()).addKeyValue("seq", entry.seq())
                .log("Delivery is corrupt: its id");
        submit(new Write.SetAside(entry, "the stored id is not what was written"));
    }
}
