package dev.bellhop.listener.journal.ready;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import dev.bellhop.listener.journal.Lane;
import org.jspecify.annotations.Nullable;

/// What waits of one Trigger, in the order it became due. One whose concurrency key runs steps aside, so that those behind it
/// with other keys pass. Used under the lock of the queue.
final class LaneQueue {
    static final long NOTHING = Long.MAX_VALUE;
    private static final int MANY = 64;

    final Lane lane;
    final Turns.Tenant tenant;

    /// Nothing stored that is neither held nor still to be added is due earlier than this.
    long nextStored = NOTHING;
    int held;
    /// How many wait.
    int size;
    /// Whether it is in its tenant's rotation.
    boolean inTurns;
    /// In which look the gate said no.
    long refusedIn = -1;

    private final ArrayDeque<Held> entries = new ArrayDeque<>();
    private final Map<String, ArrayDeque<Held>> aside = new HashMap<>();
    private final Set<String> running = new HashSet<>();

    LaneQueue(Lane lane, Turns.Tenant tenant) {
        this.lane = lane;
        this.tenant = tenant;
    }

    boolean isIdle() {
        return held == 0 && nextStored == NOTHING;
    }

    void addLast(Held entry) {
        entries.addLast(entry);
        size++;
    }

    /// The first that may run; null when none may.
    @Nullable
    Held peek() {
        for (var first = entries.peekFirst(); first != null; first = entries.peekFirst()) {
            var key = first.ready.concurrencyKey();
            if (first.status != Held.Status.QUEUED) {
                entries.removeFirst();
            } else if (key.isPresent() && running.contains(key.get())) {
                aside.computeIfAbsent(key.get(), _ -> new ArrayDeque<>()).addLast(entries.removeFirst());
            } else {
                return first;
            }
        }
        return null;
    }

    /// Takes what [#peek] gave.
    Held take() {
        var first = entries.removeFirst();
        size--;
        first.status = Held.Status.TAKEN;
        first.ready.concurrencyKey().ifPresent(running::add);
        return first;
    }

    /// One that waits will not be taken. It is dropped when the lane comes to it, or when too many such have gathered.
    void withdraw(Held entry) {
        entry.status = Held.Status.WITHDRAWN;
        size--;
        if (entries.size() > 2 * size + MANY) {
            entries.removeIf(one -> one.status != Held.Status.QUEUED);
        }
    }

    /// What [#take] gave does not run any more: those that stepped aside for it are the first again.
    void ended(Held taken) {
        taken.ready.concurrencyKey().ifPresent(key -> {
            running.remove(key);
            var waiting = aside.remove(key);
            if (waiting != null) {
                waiting.descendingIterator().forEachRemaining(entries::addFirst);
            }
        });
    }
}
