package dev.bellhop.listener.journal;

import java.time.Duration;

/// What a source wanted to remember was not stored, and may be handed in again: too much is waiting, the journal closes, or
/// the disk or database is full, failing or lost.
public final class NotRemembered extends RuntimeException {
    private final Duration retryAfter;

    public NotRemembered(String source, Appended.Unavailable refusal) {
        super("what source " + source + " remembers could not be stored: " + refusal.why());
        retryAfter = refusal.retryAfter();
    }

    /// How long to wait before.
    public Duration retryAfter() {
        return retryAfter;
    }
}
