package dev.bellhop.listener.journal;

/// What became of the wish not to try a delivery any more.
public sealed interface Cancellation {
    /// It is not tried any more.
    record Cancelled() implements Cancellation {}

    /// There is no such delivery; perhaps it is not kept any more.
    record NotFound() implements Cancellation {}

    /// It runs now, or is finished.
    record Refused(String why) implements Cancellation {}
}
