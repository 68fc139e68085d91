package dev.bellhop.controller;

import java.time.Duration;

/// What an admin may choose about a controller.
///
/// @param listenerUrl     under which the shared listener is reached, such as
///                        `http://bellhop-listener.bellhop-system.svc.cluster.local`
/// @param namespace       where the Lease is that controllers contend for
/// @param identity        of this controller among others, such as the name of its Pod and something random
/// @param writesPerSecond how many statuses are written per second in the long run
/// @param writesAtOnce    how many may be written at once after a quiet time
public record ControllerSettings(String listenerUrl, String namespace, String identity, double writesPerSecond,
        int writesAtOnce, LeaseTimes leaseTimes) {

    /// The usual rates and times.
    public ControllerSettings(String listenerUrl, String namespace, String identity) {
        this(listenerUrl, namespace, identity, 50, 200, LeaseTimes.USUAL);
    }

    /// How long the lease lasts unless renewed, for how long renewing is tried before it is given up, and how often it is tried.
    public record LeaseTimes(Duration lease, Duration renewDeadline, Duration retry) {
        /// As Kubernetes' own controllers.
        public static final LeaseTimes USUAL = new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10),
                Duration.ofSeconds(2));
    }
}
