package dev.bellhop.listener.journal;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.engine.event.EventId;

/// Names one delivery: the event's id, a dot, and which of the event's deliveries it is, from 1. Sorts by time as the
/// event's id does.
public record DeliveryId(String value) {
    private static final Pattern FORM = Pattern
            .compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?\\.[1-9][0-9]{0,8}");

    public DeliveryId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("delivery ID must be <event ID>.<number>: '" + value + "'");
        }
    }

    /// The `number`th delivery of an event, from 1.
    public static DeliveryId of(EventId event, int number) {
        return new DeliveryId(event.value() + "." + number);
    }

    /// The id that someone wrote; empty when it is none.
    public static Optional<DeliveryId> read(String value) {
        return FORM.matcher(value).matches() ? Optional.of(new DeliveryId(value)) : Optional.empty();
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
