package dev.bellhop.listener.share;

import java.time.Duration;

import dev.bellhop.engine.policy.Limits.Rate;

/// Bounds how many events are taken in: `burst` at once, then so many a second. Safe for use by several threads.
final class Bucket {
    private final Rate rate;
    private double tokens;
    private long filledAt;

    /// A full one, as of `nanos`, a time of [System#nanoTime()].
    Bucket(Rate rate, long nanos) {
        this.rate = rate;
        tokens = rate.burst();
        filledAt = nanos;
    }

    boolean isFor(Rate other) {
        return rate.equals(other);
    }

    /// How long until there is a token; zero when there is one.
    synchronized Duration untilNext(long nanos) {
        fill(nanos);
        return tokens >= 1 ? Duration.ZERO : Duration.ofNanos((long) ((1 - tokens) / rate.eventsPerSecond() * 1e9));
    }

    /// Takes a token, also one that is not there yet: who let an event in for other reasons has it count all the same.
    synchronized void take(long nanos) {
        fill(nanos);
        tokens = Math.max(tokens - 1, -rate.burst());
    }

    private void fill(long nanos) {
        tokens = Math.min(rate.burst(), tokens + (nanos - filledAt) / 1e9 * rate.eventsPerSecond());
        filledAt = nanos;
    }
}
