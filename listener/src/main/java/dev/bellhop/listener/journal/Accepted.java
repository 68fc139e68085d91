package dev.bellhop.listener.journal;

import java.util.List;
import java.util.Optional;

import dev.bellhop.engine.event.Event;

/// One event that at least one Trigger wants, to be stored as a whole or not at all.
///
/// @param remembered what its source remembers from now on, stored with it whatever becomes of the deliveries
public record Accepted(Event event, List<NewDelivery> deliveries, Optional<Remembered> remembered) {
    public Accepted {
        deliveries = List.copyOf(deliveries);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("event " + event.id() + " has no deliveries; nothing is to be stored");
        }
    }

    /// Nothing is remembered with it.
    public Accepted(Event event, List<NewDelivery> deliveries) {
        this(event, deliveries, Optional.empty());
    }
}
