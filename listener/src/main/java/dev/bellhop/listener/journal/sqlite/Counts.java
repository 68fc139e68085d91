package dev.bellhop.listener.journal.sqlite;

import java.util.concurrent.atomic.AtomicLong;

/// What is counted for [dev.bellhop.listener.journal.JournalStatus], beside the [Ledger].
record Counts(AtomicLong queuedBytes, AtomicLong refused, AtomicLong corrupt) {
    Counts() {
        this(new AtomicLong(), new AtomicLong(), new AtomicLong());
    }
}
