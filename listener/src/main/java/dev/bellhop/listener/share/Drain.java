package dev.bellhop.listener.share;

import java.time.Duration;

/// How fast work that waits is done, as it was lately: of what waited and what came, the part that does not wait any more. Safe for
/// use by several threads.
final class Drain {
    private static final long LEAST_NANOS = 1_000_000_000;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    /// When nothing at all is done, because a Trigger is suspended or the API server is away, it is worth asking now and then.
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /// Before anything was measured.
    private static final Duration GUESS = Duration.ofSeconds(10);

    private long since;
    private long waitingThen;
    private long came;
    private double perSecond = Double.NaN;

    /// Begins to measure when so many wait, at `nanos`, a time of [System#nanoTime()].
    Drain(long waiting, long nanos) {
        waitingThen = waiting;
        since = nanos;
    }

    /// So many more came when `waiting` waited.
    synchronized void came(long more, long waiting, long nanos) {
        measure(waiting, nanos);
        came += more;
    }

    /// How long until `fewer` wait than the `waiting` of now.
    synchronized Duration until(long fewer, long waiting, long nanos) {
        measure(waiting, nanos);
        if (Double.isNaN(perSecond)) {
            return GUESS;
        }
        double seconds = Math.min((double) LONGEST.toSeconds(), fewer / perSecond);
        var wait = Duration.ofMillis((long) (seconds * 1_000));
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }

    private void measure(long waiting, long nanos) {
        long length = nanos - since;
        if (length >= LEAST_NANOS) {
            perSecond = Math.max(0, waitingThen + came - waiting) / (length / 1e9);
            since = nanos;
            waitingThen = waiting;
            came = 0;
        }
    }
}
