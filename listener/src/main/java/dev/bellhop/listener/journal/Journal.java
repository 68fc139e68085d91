package dev.bellhop.listener.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Accepted events and their deliveries, on disk. What was answered [Appended.Durable] survives a killed process and a
/// power cut; every delivery is claimed by one worker at a time until it is settled for good. All methods may be called
/// by any thread.
public interface Journal extends AutoCloseable {
    /// Stores one event with its deliveries. Never blocks: an event loop may call it. The stage completes after the disk
    /// has confirmed, on a thread of the journal: hop to your own before you do work. "No" is a value, so the stage
    /// fails only on a fault of ours.
    CompletionStage<Appended> append(Accepted accepted);

    /// Takes at most `max` deliveries that are due, tenants in turn, and waits up to `patience` for the first. The caller
    /// must [#settle] each; those of a process that ends before are claimed again by the next.
    List<Delivery> claim(int max, Duration patience) throws InterruptedException;

    /// Records what one try of a claimed delivery gave and lets go of it. Never blocks; the stage completes when it is on
    /// disk. A journal that was closed, or a delivery that is not claimed, fails the stage.
    CompletionStage<Void> settle(Tried tried);

    /// The deliveries that `query` asks for, newest first.
    DeliveryPage list(DeliveryQuery query);

    /// Everything known of one delivery.
    Optional<DeliveryHistory> get(DeliveryId id);

    /// How the journal fares now.
    JournalStatus status();

    /// Refuses new events, writes what it was given, and closes.
    @Override
    void close();
}
