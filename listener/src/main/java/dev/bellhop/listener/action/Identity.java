package dev.bellhop.listener.action;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.Bellhop;

/// What makes an object the one that an [Order] asks for: whoever has the same identity, in this process or another, means
/// the same object.
///
/// A dedup key comes again when its window is over, and then new objects are wanted: those of the earlier time are not ours
/// any more, although they have the same identity.
///
/// @param value      as in `Delivery.identity()`
/// @param receivedAt of the event
/// @param window     of the dedup key, if there is one
public record Identity(String value, Instant receivedAt, Optional<Duration> window) {
    /// What an existing object is to us.
    enum Whose {
        /// What the order asks for.
        OURS,
        /// Made for an earlier event with the same dedup key, before the window.
        EARLIER,
        /// Somebody else's.
        OTHERS
    }

    /// As the annotation of the object says it that is `part` of the order.
    String mark(String part) {
        return ObjectNames.fingerprint(value + "|" + part);
    }

    /// What the object that exists in place of `part` is to us.
    Whose whose(JsonNode existing, String part) {
        var annotations = existing.path("metadata").path("annotations");
        if (!mark(part).equals(annotations.path(Bellhop.ANNOTATION_DELIVERY).asText())) {
            return Whose.OTHERS;
        }
        var madeFor = time(annotations.path(Bellhop.ANNOTATION_RECEIVED_AT))
                .or(() -> time(existing.path("metadata").path("creationTimestamp")));
        return window.isPresent() && madeFor.isPresent() && !madeFor.get().isAfter(receivedAt.minus(window.get()))
                ? Whose.EARLIER
                : Whose.OURS;
    }

    /// What tells our objects from those of an earlier time, `ago` windows before this one: with 0 and 1 all those that
    /// may be ours are found, wherever the borders of windows fall.
    String epoch(int ago) {
        return window.map(length -> "|" + (receivedAt.toEpochMilli() / Math.max(1, length.toMillis()) - ago))
                .orElse("");
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return Optional.of(Instant.parse(text.asText()));
        } catch (DateTimeParseException e) {
            // Somebody has changed it, or it is not there: nothing is known.
            return Optional.empty();
        }
    }
}
