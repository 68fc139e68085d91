package dev.bellhop.listener.record;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Door;

/// An [Ending]: when, of what, for whom. `delivery` is absent when the event was not accepted for the Trigger.
public record Happening(Instant at, EventId eventId, Optional<DeliveryId> delivery, Door door,
        ObjectName trigger, String triggerUid, Ending ending) {
    /// An order without ties: two happenings of one instant differ in their event or Trigger.
    public static final Comparator<Happening> NEWEST_FIRST = Comparator.comparing(Happening::at)
            .thenComparing(happening -> happening.eventId().value())
            .thenComparing(Happening::trigger)
            .reversed();
}
