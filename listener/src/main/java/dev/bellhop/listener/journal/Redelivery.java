package dev.bellhop.listener.journal;

/// What became of the wish to deliver something again.
public sealed interface Redelivery {
    /// It is due: the delivery itself, or the new one that replays it.
    record Queued(DeliveryId id) implements Redelivery {}

    /// There is no such delivery; perhaps it is not kept any more.
    record NotFound() implements Redelivery {}

    /// Not now, or not this one.
    record Refused(String why) implements Redelivery {}
}
