package dev.bellhop.spi.source;

import java.time.Duration;

/// What became of an emitted event.
public sealed interface Emitted {
    /// It is settled: on disk for each of `takers` Triggers, recorded as a duplicate, or wanted by none. Acknowledge it to
    /// whoever it came from.
    record Kept(int takers) implements Emitted {}

    /// Nothing of it is kept: the journal cannot write, a limit is reached, or the process ends. Do not acknowledge it; bring it
    /// again, under the same id, after `retryAfter`.
    record NotNow(String why, Duration retryAfter) implements Emitted {}
}
