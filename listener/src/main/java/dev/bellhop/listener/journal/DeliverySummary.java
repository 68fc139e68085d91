package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.bellhop.api.ObjectName;

/// A delivery as one line of a listing.
///
/// @param acceptedAt  when the journal took it
/// @param door        where its event came in
/// @param attempts    how often it was tried to an end
/// @param dueAt       when it is or was to be tried next; present while it is to be tried
/// @param finishedAt  when it was done, given up or cancelled
/// @param step        the part of the chain that failed last, or what cancelled it; absent when nothing failed or a later
///                    try did better
/// @param why         why it failed or was cancelled
/// @param created     the objects it made
/// @param dedupKey    by what its duplicates are known
/// @param duplicateOf what it was a duplicate of
/// @param replayOf    whose event a person wanted delivered anew by it
/// @param requestedBy who last redelivered, replayed or cancelled it
public record DeliverySummary(DeliveryId id, Instant acceptedAt, Door door, ObjectName trigger,
        DeliveryState state, int attempts, Optional<Instant> dueAt, Optional<Instant> finishedAt, Optional<String> step,
        Optional<String> why, List<ObjectRef> created, Optional<String> dedupKey, Optional<DeliveryId> duplicateOf,
        Optional<DeliveryId> replayOf, Optional<String> requestedBy) {}
