package dev.bellhop.cluster;

import java.time.Duration;
import java.time.Instant;

/// Bounds a rate: `burst` at once, then `perSecond`. Knows no clock; its callers say what time it is. Safe for use by several
/// threads.
public final class TokenBucket {
    private final double perSecond;
    private final int burst;
    private double tokens;
    private Instant filledAt = Instant.MIN;

    /// A full bucket.
    public TokenBucket(double perSecond, int burst) {
        if (perSecond <= 0 || burst < 1) {
            throw new IllegalArgumentException(
                    "A rate of " + perSecond + "/s with a burst of " + burst + " lets nothing through");
        }
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
    }

    /// Takes one token if there is one.
    public boolean tryTake(Instant now) {
        return tryTake(now, 0);
    }

    /// Takes one token if at least `reserve` are left afterwards.
    public synchronized boolean tryTake(Instant now, int reserve) {
        fill(now);
        if (tokens < 1.0 + reserve) {
            return false;
        }
        tokens -= 1;
        return true;
    }

    /// Takes one token now and tells how long its holder has to wait before using it: zero while there are some.
    public synchronized Duration take(Instant now) {
        fill(now);
        tokens -= 1;
        return tokens >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-tokens / perSecond * 1e9));
    }

    private void fill(Instant now) {
        if (filledAt.equals(Instant.MIN)) {
            filledAt = now;
        } else if (now.isAfter(filledAt)) {
            tokens = Math.min(burst, tokens + Duration.between(filledAt, now).toNanos() / 1e9 * perSecond);
            filledAt = now;
        }
    }
}
