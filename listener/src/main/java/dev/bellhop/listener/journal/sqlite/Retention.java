package dev.bellhop.listener.journal.sqlite;

import java.time.Duration;

/// How long deliveries stay listed after they were done or given up. Unfinished ones are never removed.
///
/// @param maxAge      since they were accepted
/// @param maxFinished how many at most
public record Retention(Duration maxAge, long maxFinished) {
    /// A week, and no more than 100,000.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(7), 100_000);

    public Retention {
        if (maxAge.isNegative() || maxFinished < 0) {
            throw new IllegalArgumentException(
                    "retention of " + maxAge + " and " + maxFinished + " deliveries must not be negative");
        }
    }
}
