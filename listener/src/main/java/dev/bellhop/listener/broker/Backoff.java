package dev.bellhop.listener.broker;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long to wait before the next try: twice as long each time, at most half a minute, and a part of it left to chance so that
/// many who lost the same broker do not come back together. Not safe for several threads.
public final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /// The wait before the next try.
    public Duration next() {
        var delay = next;
        next = delay.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : delay.multipliedBy(2);
        return Duration.ofMillis(delay.toMillis() / 2 + ThreadLocalRandom.current().nextLong(delay.toMillis() / 2 + 1));
    }

    /// The last try helped.
    public void reset() {
        next = FIRST;
    }
}
