package dev.bellhop.listener.journal.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Outcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that writes. It takes what waits, up to 256 writes or 4 MB, into one transaction, so that one sync of the
/// disk serves all of them: the slower the disk, the larger the batches. Between batches it refills the ready queue and
/// removes what retention lets go, a little at a time.
///
/// When the disk is full or fails, waiting appends are refused; what became of deliveries is kept and written as soon as
/// the disk takes it.
final class Committer {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final int MOST_WRITES = 256;
    private static final long MOST_BYTES = 4 << 20;
    private static final Duration TIDY_PAUSE = Duration.ofMillis(50);
    private static final Duration TROUBLED_PAUSE = Duration.ofMillis(250);
    private static final Duration IDLE_PAUSE = Duration.ofSeconds(1);
    private static final Duration FAILING_FOR = Duration.ofSeconds(1);
    private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(10);

    private final Path database;
    private final ReadyQueue ready;
    private final Room room;
    private final Clock clock;
    private final Counts counts;
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean refillWanted = new AtomicBoolean();
    private final Thread thread;

    /// What the disk did not take yet although it must: it goes first.
    private List<Write> unwritten = List.of();
    private @Nullable Writer writer;
    private long nextSeq;
    private long troubledUntil;
    private long tidyAt;
    private boolean moreToTidy = true;
    private boolean walHasPages;

    private volatile boolean closing;
    private volatile boolean ended;
    private volatile State state = State.FINE;
    private volatile String why = "";

    private enum State {
        FINE, FULL, FAILING
    }

    Committer(Path database, Writer writer, ReadyQueue ready, Room room, Clock clock, Counts counts)
            throws SQLException {
        this.database = database;
        this.writer = writer;
        this.ready = ready;
        this.room = room;
        this.clock = clock;
        this.counts = counts;
        nextSeq = 1 + writer.number("SELECT COALESCE(MAX(seq),0) FROM delivery");
        counts.unfinished().set(writer.number("SELECT COUNT(*) FROM delivery WHERE state<10"));
        counts.finished()
                .set(writer.number("SELECT COUNT(*) FROM delivery") - counts.unfinished().get());
        for (var due : writer.dueByTenant()) {
            ready.addLater(due.tenant(), due.at());
        }
        thread = Thread.ofPlatform().name("journal-committer").unstarted(this::run);
    }

    void start() throws IOException {
        if (!room.isThere()) {
            enter(State.FULL, "the disk is full");
        }
        thread.start();
    }

    /// Why appends are refused now.
    Optional<Appended.Unavailable> refusal() {
        if (closing) {
            return Optional.of(new Appended.Unavailable("the journal is closing", FAILING_FOR));
        }
        return switch (state) {
            case FINE -> Optional.empty();
            case FULL -> Optional.of(new Appended.Unavailable(why, FULL_RETRY_AFTER));
            case FAILING -> Optional.of(new Appended.Unavailable(why, FAILING_FOR));
        };
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
        closing = true;
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
            while (!closing || !queue.isEmpty()) {
                turn();
            }
            if (!unwritten.isEmpty()) {
                commit(unwritten);
            }
            checkpoint();
        } catch (InterruptedException e) {
            // Nobody has a reason to interrupt this thread; end as if closed.
            LOG.atError().setCause(e).log("Journal was interrupted");
        } finally {
            ended = true;
            state = State.FAILING;
            why = "the journal has ended";
            refuseRest();
            closeWriter();
        }
    }

    private void turn() throws InterruptedException {
        var batch = nextBatch();
        try {
            if (!batch.isEmpty()) {
                commit(batch);
            } else if (walHasPages) {
                checkpoint();
            }
            if (refillWanted.getAndSet(false)) {
                refillReadyQueue();
            }
            keepHouse();
        } catch (RuntimeException e) {
            // A fault of ours. The thread must live: without it nothing is accepted or finished any more.
            LOG.atError().setCause(e).log("Journal turn failed");
            fail(State.FAILING, "the journal failed: " + e);
        }
    }

    private List<Write> nextBatch() throws InterruptedException {
        var batch = new ArrayList<>(unwritten);
        unwritten = List.of();
        long weight = 0;
        var first = queue.poll(pause().toMillis(), TimeUnit.MILLISECONDS);
        for (var next = first; next != null; next = queue.poll()) {
            counts.queuedBytes().addAndGet(-next.weight());
            weight += next.weight();
            if (state == State.FULL && next instanceof Write.Append append) {
                // What room the ballast left is for finishing work.
                refuse(append);
            } else if (!isMoot(next)) {
                batch.add(next);
            }
            if (batch.size() >= MOST_WRITES || weight >= MOST_BYTES) {
                break;
            }
        }
        return batch;
    }

    /// Nothing is to be stored for it: it only woke us, or its sender has been told "unavailable" meanwhile.
    private static boolean isMoot(Write write) {
        return switch (write) {
            case Write.Append append -> append.answer().isDone();
            case Write.Settle _,Write.SetAside _ -> false;
            case Write.Wake _ -> true;
        };
    }

    private Duration pause() {
        if (closing) {
            return Duration.ZERO;
        }
        return state != State.FINE || !unwritten.isEmpty() ? TROUBLED_PAUSE : moreToTidy ? TIDY_PAUSE : IDLE_PAUSE;
    }

    private void commit(List<Write> batch) {
        try {
            write(batch);
            batch.forEach(this::written);
        } catch (SQLException e) {
            switch (Trouble.of(e)) {
                case FULL -> postpone(batch, State.FULL, "the disk is full", e);
                case FAILING -> postpone(batch, State.FAILING, "the disk fails: " + e.getMessage(), e);
                case NONE -> rejectTheOneAtFault(batch, e);
            }
        } catch (RuntimeException e) {
            rejectTheOneAtFault(batch, e);
        }
    }

    private void rejectTheOneAtFault(List<Write> batch, Exception e) {
        if (batch.size() == 1) {
            reject(batch.getFirst(), e);
        } else {
            // The others shall not suffer for it.
            batch.forEach(write -> commit(List.of(write)));
        }
    }

    private void write(List<Write> batch) throws SQLException {
        var out = openWriter();
        long seq = nextSeq;
        long now = clock.millis();
        out.begin();
        try {
            for (var write : batch) {
                switch (write) {
                    case Write.Append append -> {
                        append.store(out, seq, now);
                        seq += append.deliveries().size();
                    }
                    case Write.Settle(var entry, var tried, _) -> out.settle(entry.seq(), tried);
                    case Write.SetAside(var entry, var why) -> out.setAside(entry.seq(), clock.instant(), why);
                    case Write.Wake _ -> {
                        // Nothing to store.
                    }
                }
            }
            out.commit();
        } catch (SQLException | RuntimeException e) {
            out.rollback();
            throw e;
        }
        walHasPages = true;
    }

    private void written(Write write) {
        switch (write) {
            case Write.Append append -> {
                long now = clock.millis();
                long share = Write.Append.memory(append.handOver().getFirst().event());
                for (int i = 0; i < append.handOver().size(); i++) {
                    var delivery = append.handOver().get(i);
                    ready.add(new ReadyQueue.Entry(delivery.tenant(), nextSeq + i, delivery.id(),
                            Optional.of(delivery), share), now);
                }
                nextSeq += append.handOver().size();
                counts.unfinished().addAndGet(append.handOver().size());
                append.answer().complete(new Appended.Durable(append.ids()));
            }
            case Write.Settle(var entry, var tried, var answer) -> {
                ready.release(entry.id());
                if (tried.outcome() instanceof Outcome.RetryAt(var due, _, _)) {
                    ready.addLater(entry.tenant(), due.toEpochMilli());
                } else {
                    finished();
                }
                answer.complete(null);
            }
            case Write.SetAside(var entry, _) -> {
                ready.release(entry.id());
                finished();
            }
            case Write.Wake _ -> {
                // Nothing was stored.
            }
        }
    }

    private void finished() {
        counts.unfinished().decrementAndGet();
        counts.finished().incrementAndGet();
    }

    /// The disk did not take the batch: appends are refused, the rest waits.
    private void postpone(List<Write> batch, State next, String reason, SQLException e) {
        LOG.atError().addKeyValue("reason", reason).addKeyValue("writes", batch.size()).setCause(e)
                .log("Journal could not write");
        fail(next, reason);
        var rest = new ArrayList<>(unwritten);
        for (var write : batch) {
            if (write instanceof Write.Append append) {
                refuse(append);
            } else {
                rest.add(write);
            }
        }
        unwritten = rest;
    }

    private void reject(Write write, Exception e) {
        LOG.atError().setCause(e).log("Journal cannot store what it was given");
        switch (write) {
            case Write.Append append -> append.answer().completeExceptionally(e);
            case Write.Settle settle -> settle.answer().completeExceptionally(e);
            case Write.SetAside _,Write.Wake _ -> {
                // Nobody waits; the log has told it.
            }
        }
    }

    private void fail(State next, String reason) {
        enter(next, reason);
        closeWriter();
        if (next == State.FULL) {
            try {
                room.giveUpBallast();
            } catch (IOException e) {
                LOG.atError().setCause(e).log("Journal could not give up its ballast");
            }
        }
    }

    private void enter(State next, String reason) {
        why = reason;
        // A failing disk does not undo that it is full: only room does.
        state = state == State.FULL ? State.FULL : next;
        troubledUntil = System.nanoTime() + FAILING_FOR.toNanos();
    }

    private void refuse(Write.Append append) {
        counts.refused().incrementAndGet();
        append.answer().complete(refusal().orElseGet(() -> new Appended.Unavailable(why, FAILING_FOR)));
    }

    private void refuseRest() {
        for (var write = queue.poll(); write != null; write = queue.poll()) {
            counts.queuedBytes().addAndGet(-write.weight());
            abandon(write);
        }
        unwritten.forEach(Committer::abandonSettle);
        unwritten = List.of();
    }

    private void abandon(Write write) {
        if (write instanceof Write.Append append) {
            refuse(append);
        } else {
            abandonSettle(write);
        }
    }

    private static void abandonSettle(Write write) {
        if (write instanceof Write.Settle settle) {
            settle.answer()
                    .completeExceptionally(new IllegalStateException("the journal has ended; delivery "
                            + settle.entry().id() + " will be tried again by the next process"));
        }
    }

    private void refillReadyQueue() {
        long now = clock.millis();
        for (var tenant : ready.hungry(now)) {
            try {
                var refill = openWriter().due(tenant, ready.refillSize(tenant), now);
                ready.refill(tenant, refill);
                refill.unreadable().forEach(seq -> setAside(tenant, seq));
            } catch (SQLException e) {
                LOG.atError().addKeyValue("tenant", tenant).setCause(e).log("Journal could not read what is due");
                fail(State.FAILING, "the disk fails: " + e.getMessage());
                return;
            }
        }
    }

    private void setAside(String tenant, long seq) {
        LOG.atError().addKeyValue("tenant", tenant).addKeyValue("seq", seq).log("Delivery is corrupt: its id");
        counts.corrupt().incrementAndGet();
        submit(new Write.SetAside(new ReadyQueue.Entry(tenant, seq, ReadyQueue.NO_ID, Optional.empty(), 0),
                "the stored id is not what was written"));
    }

    private void keepHouse() {
        long now = System.nanoTime();
        try {
            switch (state) {
                case FINE -> {
                    if (now - tidyAt >= 0) {
                        var step = room.tidy(openWriter(), clock.millis(), counts.finished().get());
                        counts.finished().addAndGet(-step.removed());
                        moreToTidy = step.more();
                        tidyAt = System.nanoTime() + (moreToTidy ? TIDY_PAUSE : IDLE_PAUSE).toNanos();
                    }
                }
                case FAILING -> {
                    if (now - troubledUntil >= 0) {
                        state = State.FINE;
                    }
                }
                case FULL -> {
                    if (now - troubledUntil >= 0) {
                        findRoom();
                    }
                }
            }
        } catch (SQLException e) {
            LOG.atError().setCause(e).log("Journal could not remove old deliveries");
            fail(Trouble.of(e) == Trouble.FULL ? State.FULL : State.FAILING, "the disk fails: " + e.getMessage());
        } catch (IOException e) {
            LOG.atError().setCause(e).log("Journal could not look for room");
            enter(State.FULL, why);
        }
    }

    private void findRoom() throws SQLException, IOException {
        if (!room.isThere()) {
            int removed = room.makeSome(openWriter(), clock.millis(), counts.finished().get());
            counts.finished().addAndGet(-removed);
            if (!room.isThere()) {
                troubledUntil = System.nanoTime() + TROUBLED_PAUSE.toNanos();
                return;
            }
        }
        state = State.FINE;
        LOG.atInfo().log("Journal has room again");
    }

    private void checkpoint() {
        try {
            openWriter().execute("PRAGMA wal_checkpoint(TRUNCATE)");
            walHasPages = false;
        } catch (SQLException e) {
            // The pages stay in the WAL, from where they are read as well; the next checkpoint takes them along.
            LOG.atWarn().setCause(e).log("Journal could not fold back its WAL");
            walHasPages = false;
        }
    }

    /// After trouble the connection is opened anew: SQLite's own state may not be what ours is.
    private Writer openWriter() throws SQLException {
        var open = writer;
        if (open == null) {
            open = new Writer(database);
            writer = open;
        }
        return open;
    }

    private void closeWriter() {
        var open = writer;
        writer = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atWarn().setCause(e).log("Journal could not close its connection");
            }
        }
    }
}
