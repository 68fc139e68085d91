package dev.bellhop.listener.journal;

import java.time.Duration;

/// How long the deliveries of one tenant stay listed after they are finished: until any of the limits is reached. Unfinished
/// ones are never removed.
///
/// @param maxAge        since they were accepted
/// @param maxDeliveries how many at most
/// @param maxBytes      how much room they and their events may take up
public record RetentionLimits(Duration maxAge, long maxDeliveries, long maxBytes) {
    /// A week, no more than 100,000, no more than 256 MiB.
    public static final RetentionLimits DEFAULT = new RetentionLimits(Duration.ofDays(7), 100_000, 256 << 20);

    /// Nothing goes.
    public static final RetentionLimits EVERYTHING = new RetentionLimits(Duration.ofMillis(Long.MAX_VALUE / 2),
            Long.MAX_VALUE, Long.MAX_VALUE);

    public RetentionLimits {
        if (maxAge.isNegative() || maxDeliveries < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("retention of " + maxAge + ", " + maxDeliveries + " deliveries and "
                    + maxBytes + " bytes must not be negative");
        }
    }
}
