package dev.bellhop.listener.journal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// Accepted events and their deliveries, on disk. What was answered [Appended.Durable] survives a killed process and a
/// power cut; every delivery is claimed by one worker at a time until it is settled for good. All methods may be called
/// by any thread.
public interface Journal extends AutoCloseable {
    /// Stores one event with its deliveries. Never blocks: an event loop may call it. The stage completes after the disk
    /// has confirmed, on a thread of the journal: hop to your own before you do work. "No" is a value, so the stage
    /// fails only on a fault of ours.
    ///
    /// A delivery whose [DedupKey] is that of one of the same Trigger which is unfinished or done and was accepted within
    /// the window becomes a [DeliveryState#DUPLICATE]. What else [Concurrency] makes of it, or of older ones, is recorded
    /// as [DeliveryState#CANCELLED].
    CompletionStage<Appended> append(Accepted accepted);

    /// Takes at most `max` deliveries that are due and that `gate` lets pass, tenants in turn, each tenant's Triggers in
    /// turn, and waits up to `patience` for the first. Of a Trigger's deliveries with the same [Concurrency] key one is
    /// claimed at a time. The caller must [#settle] each and then let it leave the gate; those of a process that ends
    /// before are claimed again by the next.
    List<Delivery> claim(int max, Gate gate, Duration patience) throws InterruptedException;

    /// The gate may let pass now what it refused before: claims that wait look again. Cheap; call it after every leave.
    void gateChanged();

    /// Remembers what a claimed delivery made so far, in order, so that its next try goes on after it. Never blocks; it
    /// reaches the disk with the next batch. Does nothing for a delivery that is not claimed any more.
    void progress(DeliveryId id, List<ObjectRef> created);

    /// Records what one try of a claimed delivery gave and lets go of it. Never blocks; the stage completes when it is on
    /// disk. A journal that was closed, or a delivery that is not claimed, fails the stage.
    CompletionStage<Void> settle(Tried tried);

    /// Makes a DEAD or CANCELLED delivery due again, under its id and identity; its attempts count on.
    CompletionStage<Redelivery> redeliver(DeliveryId id, String by);

    /// Delivers the event of a finished delivery anew: as a new delivery of the same event, with an identity of its own.
    /// Not for a CORRUPT one.
    CompletionStage<Redelivery> replay(DeliveryId id, String by);

    /// Makes an unfinished delivery CANCELLED, unless it runs now.
    CompletionStage<Cancellation> cancel(DeliveryId id, String by);

    /// Stores changes to what a source remembers, as durably as events and in the order in which they and events that bring
    /// such changes are handed in. Never blocks. Refused when an append would be: the stage fails with [NotRemembered].
    CompletionStage<Void> remember(Remembered changes);

    /// What `source` remembers under `key`. This and the other readers below see what is on disk, block while they read, and
    /// pass over entries that the disk has changed.
    Optional<byte[]> recall(String source, String key);

    /// Calls `each` with every key of `source` that begins with `prefix` and its value, in the order of the keys' UTF-8. Reads
    /// page by page: what changes meanwhile may be seen or not. `each` may call the journal.
    void recallAll(String source, String prefix, BiConsumer<String, byte[]> each);

    /// Removes all that `source` remembers. Completes and fails as [#remember] does.
    CompletionStage<Void> forget(String source);

    /// The sources that remember something.
    Set<String> sourcesRemembered();

    /// The deliveries that `query` asks for, newest first.
    DeliveryPage list(DeliveryQuery query);

    /// Everything known of one delivery.
    Optional<DeliveryHistory> get(DeliveryId id);

    /// What waits for each tenant and Trigger.
    Backlog backlog();

    /// How the journal fares now.
    JournalStatus status();

    /// Refuses new events, writes what it was given, and closes.
    @Override
    void close();
}
