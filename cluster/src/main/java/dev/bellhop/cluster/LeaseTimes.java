package dev.bellhop.cluster;

import java.time.Duration;

/// How long a lease lasts unless renewed, for how long renewing is tried before it is given up, and how often it is tried.
public record LeaseTimes(Duration lease, Duration renewDeadline, Duration retry) {
    /// As Kubernetes' own controllers.
    public static final LeaseTimes USUAL = new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10),
            Duration.ofSeconds(2));
}
