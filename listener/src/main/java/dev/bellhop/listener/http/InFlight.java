package dev.bellhop.listener.http;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes that all requests together hold, so that many large bodies at once cannot exhaust the memory.
final class InFlight {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    InFlight(long max) {
        this.max = max;
    }

    /// Whether there is room for `bytes` more; if so they are taken.
    boolean take(long bytes) {
        if (held.addAndGet(bytes) > max) {
            held.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    long held() {
        return held.get();
    }
}
