package dev.bellhop.listener.share;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Keeps work back from a target that fails: after [#FAILURES] failures in a row nothing is tried for a second, then one probe;
/// as long as probes fail, twice as long each time, up to half a minute. So an outage is not made longer by all those who try
/// again. Safe for use by several threads.
public final class Breaker {
    /// So many failures in a row open it.
    static final int FAILURES = 5;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    /// A probe that nobody has told the end of is over then.
    private static final Duration PROBE_LASTS = Duration.ofSeconds(30);

    private final RandomGenerator random;
    private int failures;
    private int openings;
    private Instant openUntil = Instant.MIN;
    private Instant probeUntil = Instant.MIN;

    /// A closed one: everything may be tried. `random` spreads the probes of several processes.
    public Breaker(RandomGenerator random) {
        this.random = random;
    }

    /// Whether the target may be tried now.
    public synchronized boolean mayTry(Instant now) {
        if (openings == 0) {
            return true;
        }
        if (now.isBefore(openUntil) || now.isBefore(probeUntil)) {
            return false;
        }
        probeUntil = now.plus(PROBE_LASTS);
        return true;
    }

    /// What was let through was not tried after all, or has ended: another may be.
    public synchronized void ended() {
        probeUntil = Instant.MIN;
    }

    /// The target did what it was asked, or said for good that it will not: it works.
    public synchronized void succeeded() {
        failures = 0;
        openings = 0;
        probeUntil = Instant.MIN;
    }

    /// The target failed in a way that may pass.
    public synchronized void failed(Instant now) {
        failures++;
        // Those that were under way when it opened fail one by one; they say nothing new.
        if (failures < FAILURES || (openings > 0 && now.isBefore(openUntil))) {
            return;
        }
        openings = Math.min(openings + 1, 10);
        long millis = Math.min(LONGEST.toMillis(), SHORTEST.toMillis() << (openings - 1));
        openUntil = now.plusMillis(millis + random.nextLong(millis / 5 + 1));
        probeUntil = Instant.MIN;
    }

    /// Whether it holds work back.
    public synchronized boolean isOpen() {
        return openings > 0;
    }
}
