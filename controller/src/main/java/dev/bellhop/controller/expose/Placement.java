package dev.bellhop.controller.expose;

/// Whether what leads to an exposed object is in the cluster.
public sealed interface Placement {
    /// Not known yet.
    record Pending() implements Placement {}

    /// It is.
    record InPlace() implements Placement {}

    /// It is not; `why` says what to do.
    record Failed(String why) implements Placement {}
}
