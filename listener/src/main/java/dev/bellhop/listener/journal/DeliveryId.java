package dev.bellhop.listener.journal;

import java.util.Optional;

import dev.bellhop.engine.event.EventId;

/// Names one delivery: the event's id, a dot, and which of the event's deliveries it is, from 1. Sorts by time as the
/// event's id does.
public record DeliveryId(String value) {
    private static final int MAX_DIGITS = 9;

    public DeliveryId {
        if (!isDeliveryId(value)) {
            throw new IllegalArgumentException("delivery ID must be <event ID>.<number>: '" + value + "'");
        }
    }

    /// By hand: every event comes by here several times.
    private static boolean isDeliveryId(String value) {
        int dot = value.lastIndexOf('.');
        int digits = value.length() - dot - 1;
        if (dot < 0 || digits < 1 || digits > MAX_DIGITS || value.charAt(dot + 1) == '0') {
            return false;
        }
        for (int i = dot + 1; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return EventId.isEventId(value, dot);
    }

    /// The `number`th delivery of an event, from 1.
    public static DeliveryId of(EventId event, int number) {
        return new DeliveryId(event.value() + "." + number);
    }

    /// The id that someone wrote; empty when it is none.
    public static Optional<DeliveryId> read(String value) {
        return isDeliveryId(value) ? Optional.of(new DeliveryId(value)) : Optional.empty();
    }

    /// The event that is delivered.
    public EventId event() {
        return new EventId(value.substring(0, value.lastIndexOf('.')));
    }

    /// Which of the event's deliveries it is, from 1.
    public int number() {
        return Integer.parseInt(value.substring(value.lastIndexOf('.') + 1));
    }

    @Override
    public String toString() {
        return value;
    }
}
