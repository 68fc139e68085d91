package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.bellhop.listener.journal.ready.Ready;
import dev.bellhop.listener.journal.ready.ReadyQueue;
import dev.bellhop.listener.journal.intake.Counts;
import dev.bellhop.listener.journal.intake.Ledger;
import dev.bellhop.listener.journal.intake.Write;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that writes. It takes what waits, up to 256 writes or 4 MB, into one [Transaction], so that one sync of the
/// disk serves all of them: the slower the disk, the larger the batches. Between batches it refills the ready queue and
/// does its [Housekeeping].
///
/// When the disk is full or fails, waiting appends are refused; what became of deliveries is kept and written as soon as
/// the disk takes it.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MOST_WRITES = 256;
    private static final long MOST_BYTES = 4 << 20;

    private final LiveWriter writer;
    private final Health health;
    private final Housekeeping housekeeping;
    private final ReadyQueue ready;
    private final Ledger ledger;
    private final Counts counts;
    private final Clock clock;
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean refillWanted = new AtomicBoolean();
    private final Thread thread;

    /// What the disk did not take yet although it must: it goes first.
    private List<Write> unwritten = List.of();
    private long nextSeq;
    private volatile boolean ended;

    Committer(LiveWriter writer, Health health, Housekeeping housekeeping, ReadyQueue ready, Ledger ledger,
            Census census, Counts counts, Clock clock) throws SQLException {
        this.writer = writer;
        this.health = health;
        this.housekeeping = housekeeping;
        this.ready = ready;
        this.ledger = ledger;
        this.counts = counts;
        this.clock = clock;
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
        counts.queuedBytes().addAndGet(write.weight());
        queue.add(write);
        if (ended) {
            // It may have come after the last batch.
            refuseRest();
        }
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
            if (!unwritten.isEmpty()) {
                commit(unwritten);
            }
            housekeeping.checkpoint();
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; end as if closed.
            LOG.atError().setCause(e).log("Journal was interrupted");
        } finally {
            ended = true;
            health.enter(Health.State.FAILING, "the journal has ended");
            refuseRest();
            writer.close();
        }
    }

    private void turn() throws InterruptedException {
        var batch = nextBatch();
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

    private List<Write> nextBatch() throws InterruptedException {
        var batch = new ArrayList<>(unwritten);
        unwritten = List.of();
        long weight = 0;
        var first = queue.poll(pause(!batch.isEmpty()).toMillis(), TimeUnit.MILLISECONDS);
        for (var next = first; next != null; next = queue.poll()) {
            counts.queuedBytes().addAndGet(-next.weight());
            weight += next.weight();
            if (health.state() == Health.State.FULL && isNewWork(next)) {
                // What room the ballast left is for finishing work.
                refuse(next);
            } else if (!isMoot(next)) {
                batch.add(next);
            }
            if (batch.size() >= MOST_WRITES || weight >= MOST_BYTES) {
                break;
            }
        }
        return batch;
    }

    private Duration pause(boolean somethingIsUnwritten) {
        if (health.isClosing()) {
            return Duration.ZERO;
        }
        return somethingIsUnwritten ? Housekeeping.TROUBLED_PAUSE : housekeeping.pause();
    }

    private static boolean isNewWork(Write write) {
        return switch (write) {
            case Write.Append _,Write.Request _,Write.Memory _ -> true;
            case Write.Settle _,Write.Progress _,Write.SetAside _,Write.Wake _ -> false;
        };
    }

    /// Nothing is to be stored for it: it only woke us, or its sender has been told "unavailable" meanwhile.
    private static boolean isMoot(Write write) {
        return switch (write) {
            case Write.Append append -> append.answer().isDone();
            case Write.Settle _,Write.Progress _,Write.SetAside _,Write.Request _,Write.Memory _ -> false;
            case Write.Wake _ -> true;
        };
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
        var rest = new ArrayList<>(unwritten);
        for (var write : batch) {
            if (isNewWork(write)) {
                refuse(write);
            } else {
                rest.add(write);
            }
        }
        unwritten = rest;
    }

    private void refuse(Write write) {
        switch (write) {
            case Write.Append append -> {
                counts.refused().incrementAndGet();
                append.answer().complete(health.refusal().orElseGet(health::trouble));
            }
            case Write.Request request -> request.refuse(health.refusal().orElseGet(health::trouble).why());
            case Write.Memory memory -> memory.refuse(health.refusal().orElseGet(health::trouble));
            case Write.Settle(var entry, _, var answer) ->
                answer.completeExceptionally(new IllegalStateException("the journal has ended; delivery " + entry.id()
                        + " will be tried again by the next process"));
            case Write.Progress _,Write.SetAside _,Write.Wake _ -> {
                // Nobody waits for it.
            }
        }
    }

    private void refuseRest() {
        for (var write = queue.poll(); write != null; write = queue.poll()) {
            counts.queuedBytes().addAndGet(-write.weight());
            refuse(write);
        }
        unwritten.forEach(this::refuse);
        unwritten = List.of();
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
