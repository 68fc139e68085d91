package dev.bellhop.listener.journal;

import java.time.Instant;

/// One try of a delivery: when it ran and where it leaves the delivery.
public record Tried(Delivery delivery, Instant startedAt, Instant endedAt, Outcome outcome) {}
