package dev.bellhop.listener.source.kube;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait after one failure after the other: twice as long each time, half of it left to chance, so that many who failed
/// together do not come back together.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final RandomGenerator random;
    private long next = FIRST.toMillis();

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// How long to wait this time.
    Duration next() {
        long now = next;
        next = Math.min(2 * now, LONGEST.toMillis());
        return Duration.ofMillis(now / 2 + random.nextLong(now / 2 + 1));
    }

    /// It went well: the next failure is a first one.
    void reset() {
        next = FIRST.toMillis();
    }
}
