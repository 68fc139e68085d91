package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// An API server answered, and said no.
public final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    Refusal(int status, String message, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// How long it asks to be left alone.
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /// Whether the state that was asked for is too long ago.
    boolean isExpired() {
        return status == 410;
    }
}
