package dev.bellhop.listener.journal.intake;

import java.util.concurrent.atomic.AtomicLong;

/// What is counted for [dev.bellhop.listener.journal.JournalStatus], beside the [Ledger].
public record Counts(AtomicLong queuedBytes, AtomicLong refused, AtomicLong corrupt, AtomicLong quarantined) {
    /// Nothing counted yet.
    public Counts() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
}
