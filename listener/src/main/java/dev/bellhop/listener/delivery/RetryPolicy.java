package dev.bellhop.listener.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;

/// When a failed delivery is tried again, and when it is given up. The delay is exponential with full jitter: any time up
/// to `firstDelay × 2ⁿ`, but never more than `longestDelay`, so that many that failed together do not come back together.
///
/// @param firstDelay   the most to wait after the first try
/// @param longestDelay the most to wait after any
/// @param maxAttempts  give up after so many tries
/// @param maxAge       give up when the event was received so long ago
public record RetryPolicy(Duration firstDelay, Duration longestDelay, int maxAttempts, Duration maxAge) {
    /// From a second to five minutes, 12 tries, a day.
    public static final RetryPolicy DEFAULT = new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), 12,
            Duration.ofHours(24));

    public RetryPolicy {
        if (!firstDelay.isPositive() || longestDelay.compareTo(firstDelay) < 0 || maxAttempts < 1
                || maxAge.isNegative()) {
            throw new IllegalArgumentException("retry after " + firstDelay + " to " + longestDelay + ", " + maxAttempts
                    + " tries within " + maxAge + ": the first delay and the number of tries must be positive, the "
                    + "longest delay no shorter than the first");
        }
    }

    /// Where `attempt`, which ended at `now`, leaves `delivery`, for which the objects `soFar` were made.
    Outcome outcome(Delivery delivery, Attempt attempt, List<ObjectRef> soFar, Instant now, RandomGenerator random) {
        return switch (attempt) {
            case Attempt.Done(var created) -> new Outcome.Done(created);
            case Attempt.Dead(var step, var why) -> new Outcome.Dead(step, why, soFar);
            case Attempt.Retry retry -> retry(delivery, retry, soFar, now, random);
        };
    }

    private Outcome retry(Delivery delivery, Attempt.Retry retry, List<ObjectRef> soFar, Instant now,
            RandomGenerator random) {
        var giveUpAt = delivery.event().receivedAt().plus(maxAge);
        if (delivery.attempt() >= maxAttempts) {
            return new Outcome.Dead(retry.step(), "given up after " + delivery.attempt() + " tries: " + retry.why(),
                    soFar);
        }
        if (!now.isBefore(giveUpAt)) {
            return new Outcome.Dead(retry.step(), "given up after " + maxAge + ": " + retry.why(), soFar);
        }
        // What the other side asked for is the least to wait, and there too not all come back at once.
        var due = now.plus(retry.after().orElse(Duration.ZERO)).plus(jitter(delivery.attempt(), random));
        // The last try is at the end of the time, however long the other side asked for.
        return new Outcome.RetryAt(due.isAfter(giveUpAt) ? giveUpAt : due, retry.step(), retry.why(), soFar);
    }

    private Duration jitter(int attempt, RandomGenerator random) {
        long most = longestDelay.toMillis();
        // Doubling an int's worth of times would overflow; the cap is reached long before.
        int doublings = Math.min(attempt - 1, 30);
        long delay = Math.min(most, firstDelay.toMillis() << doublings);
        return Duration.ofMillis(random.nextLong(Math.max(1, delay) + 1));
    }
}
