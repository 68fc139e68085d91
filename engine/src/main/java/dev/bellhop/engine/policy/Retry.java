package dev.bellhop.engine.policy;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// When a failed delivery is tried again, and when it is given up.
///
/// @param maxAttempts given up after so many attempts; at least 1
/// @param delay       to wait after the first attempt, before chance takes its part; positive
/// @param factor      by what the delay grows with each attempt; at least 1
/// @param maxDelay    the longest delay; no shorter than `delay`
/// @param jitter      which part of each delay is left to chance, from 0 to 1
/// @param maxAge      given up when the event was received so long ago; not negative
public record Retry(int maxAttempts, Duration delay, double factor, Duration maxDelay, double jitter, Duration maxAge) {
    /// From a second to five minutes, doubled each time and all left to chance, 12 attempts, a day.
    public static final Retry DEFAULT = new Retry(12, Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 1,
            Duration.ofHours(24));

    public Retry {
        if (maxAttempts < 1 || !delay.isPositive() || !(factor >= 1) || maxDelay.compareTo(delay) < 0
                || !(jitter >= 0 && jitter <= 1) || maxAge.isNegative()) {
            throw new IllegalArgumentException(maxAttempts + " attempts after " + delay + " × " + factor + "ⁿ up to "
                    + maxDelay + ", jitter " + jitter + ", within " + maxAge);
        }
    }

    /// How long to wait after `attempts` attempts, at least 1; in whole milliseconds, never more than `maxDelay`.
    public Duration delayAfter(int attempts, RandomGenerator random) {
        // Grows to infinity, not over: the longest delay cuts it off.
        double grown = (double) delay.toMillis() * Math.pow(factor, attempts - 1.0);
        long most = (long) Math.min(grown, (double) maxDelay.toMillis());
        long byChance = (long) (most * jitter);
        return Duration.ofMillis(most - byChance + random.nextLong(byChance + 1));
    }
}
