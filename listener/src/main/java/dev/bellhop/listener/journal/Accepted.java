package dev.bellhop.listener.journal;

import java.util.List;

import dev.bellhop.engine.event.Event;

/// One event that at least one Trigger wants, to be stored as a whole or not at all.
public record Accepted(Event event, List<NewDelivery> deliveries) {
    public Accepted {
        deliveries = List.copyOf(deliveries);
        if (deliveries.isEmpty()) {
            throw new IllegalArgumentException("event " + event.id() + " has no deliveries; nothing is to be stored");
        }
    }
}
