package dev.bellhop.listener.journal;

import java.util.Optional;

/// A delivery that is on disk. With `duplicateOf` it is only recorded: the event had been delivered, or is about to be.
public record Stored(DeliveryId id, Optional<DeliveryId> duplicateOf) {}
