package dev.bellhop.listener.journal.postgres;

import java.time.Duration;
import java.util.Optional;

import dev.bellhop.listener.journal.Appended;

/// Whether the database takes what it is given. The committer's thread writes it, anyone reads.
final class Health {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    /// What is said when nothing better is known.
    static final Appended.Unavailable LOST = new Appended.Unavailable("the database is lost", RETRY_AFTER);

    private volatile boolean closing;
    private volatile Optional<String> trouble = Optional.empty();
    private Duration pause = FIRST_PAUSE;

    boolean isClosing() {
        return closing;
    }

    /// From now on nothing new is taken.
    void close() {
        closing = true;
    }

    boolean isFine() {
        return trouble.isEmpty();
    }

    /// Why appends are refused now.
    Optional<Appended.Unavailable> refusal() {
        return closing
                ? Optional.of(new Appended.Unavailable("the journal is closing", RETRY_AFTER))
                : trouble.map(why -> new Appended.Unavailable(why, RETRY_AFTER));
    }

    /// Whether this is known.
    boolean isIn(String why) {
        return trouble.filter(why::equals).isPresent();
    }

    /// It does not; returns how long to wait before the next try.
    Duration trouble(String why) {
        trouble = Optional.of(why);
        var now = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        return now;
    }

    /// It does.
    void recover() {
        trouble = Optional.empty();
        pause = FIRST_PAUSE;
    }
}
