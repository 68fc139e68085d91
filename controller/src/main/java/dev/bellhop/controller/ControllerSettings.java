package dev.bellhop.controller;

import dev.bellhop.cluster.LeaseTimes;

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
}
