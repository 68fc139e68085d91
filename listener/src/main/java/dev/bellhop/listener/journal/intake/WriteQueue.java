package dev.bellhop.listener.journal.intake;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import dev.bellhop.listener.journal.Appended;

/// What waits to be written: any thread submits, one takes batches. What a store did not take although it must, because work was
/// done that cannot be undone, goes first in the next batch; new work that it does not take is refused.
public final class WriteQueue {
    private static final int MOST_WRITES = 256;
    private static final long MOST_BYTES = 4 << 20;

    private final Counts counts;
    private final Supplier<Appended.Unavailable> refusal;
    private final LinkedBlockingQueue<Write> queue = new LinkedBlockingQueue<>();
    /// The taking thread's own.
    private List<Write> unwritten = List.of();
    private volatile boolean ended;

    /// `refusal` says why new work is refused now.
    public WriteQueue(Counts counts, Supplier<Appended.Unavailable> refusal) {
        this.counts = counts;
        this.refusal = refusal;
    }

    /// Adds what is to be written. After the [#end] it is refused.
    public void submit(Write write) {
        counts.queuedBytes().addAndGet(write.weight());
        queue.add(write);
        if (ended) {
            // It may have come after the last batch.
            refuseQueued();
        }
    }

    /// Whether nothing waits that a store has not tried yet.
    public boolean isEmpty() {
        return queue.isEmpty();
    }

    /// Whether something waits that a store did not take.
    public boolean hasUnwritten() {
        return !unwritten.isEmpty();
    }

    /// The next batch, up to 256 writes or 4 MB: first what was put back. Waits up to `patience` for something that was submitted.
    ///
    /// @param newWork whether new work is taken; otherwise it is refused
    public List<Write> next(Duration patience, boolean newWork) throws InterruptedException {
        var batch = new ArrayList<>(unwritten);
        unwritten = List.of();
        long weight = 0;
        var first = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        for (var next = first; next != null; next = queue.poll()) {
            counts.queuedBytes().addAndGet(-next.weight());
            weight += next.weight();
            if (!newWork && next.isNewWork()) {
                refuse(next);
            } else if (!next.isMoot()) {
                batch.add(next);
            }
            if (batch.size() >= MOST_WRITES || weight >= MOST_BYTES) {
                break;
            }
        }
        return batch;
    }

    /// The store did not take a batch, or a part of one: new work is refused, the rest waits.
    public void putBack(List<Write> batch) {
        var rest = new ArrayList<>(unwritten);
        for (var write : batch) {
            if (write.isNewWork()) {
                refuse(write);
            } else if (!write.isMoot()) {
                rest.add(write);
            }
        }
        unwritten = rest;
    }

    /// Nothing is written any more: refuses all that waits, and what is still to come.
    public void end() {
        ended = true;
        refuseQueued();
        unwritten.forEach(this::refuse);
        unwritten = List.of();
    }

    private void refuseQueued() {
        for (var write = queue.poll(); write != null; write = queue.poll()) {
            counts.queuedBytes().addAndGet(-write.weight());
            refuse(write);
        }
    }

    private void refuse(Write write) {
        switch (write) {
            case Write.Append append -> {
                counts.refused().incrementAndGet();
                append.answer().complete(refusal.get());
            }
            case Write.Request request -> request.refuse(refusal.get().why());
            case Write.Memory memory -> memory.refuse(refusal.get());
            case Write.Settle(var entry, _, var answer) -> answer.completeExceptionally(new IllegalStateException(
                    "the journal has ended; delivery " + entry.id() + " will be tried again"));
            case Write.Progress _,Write.SetAside _,Write.Wake _ -> {
                // Nobody waits for it.
            }
        }
    }
}
