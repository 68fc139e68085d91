package dev.bellhop.listener.journal.sqlite;

import java.time.Duration;
import java.util.Optional;

import dev.bellhop.listener.journal.Appended;

/// Whether the disk takes what it is given. The committer's thread writes it, anyone reads.
final class Health {
    private static final Duration FAILING_FOR = Duration.ofSeconds(1);
    private static final Duration FULL_RETRY_AFTER = Duration.ofSeconds(10);

    private volatile boolean closing;
    private volatile State state = State.FINE;
    private volatile String why = "";
    private long troubledUntil;

    enum State {
        FINE, FULL, FAILING
    }

    State state() {
        return state;
    }

    boolean isClosing() {
        return closing;
    }

    /// From now on nothing new is taken.
    void close() {
        closing = true;
    }

    /// Why appends are refused now.
    Optional<Appended.Unavailable> refusal() {
        if (closing) {
            return Optional.of(new Appended.Unavailable("the journal is closing", FAILING_FOR));
        }
        return state == State.FINE ? Optional.empty() : Optional.of(trouble());
    }

    /// What is or was last the matter.
    Appended.Unavailable trouble() {
        return new Appended.Unavailable(why, state == State.FULL ? FULL_RETRY_AFTER : FAILING_FOR);
    }

    void enter(State next, String reason) {
        why = reason;
        // A failing disk does not undo that it is full: only room does.
        state = state == State.FULL ? State.FULL : next;
        wait(FAILING_FOR);
    }

    /// Nothing is tried again before.
    void wait(Duration pause) {
        troubledUntil = System.nanoTime() + pause.toNanos();
    }

    /// Whether it is time to try again.
    boolean isToBeTriedAgain() {
        return System.nanoTime() - troubledUntil >= 0;
    }

    void recover() {
        state = State.FINE;
    }
}
