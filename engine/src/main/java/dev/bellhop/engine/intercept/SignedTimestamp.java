package dev.bellhop.engine.intercept;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A time that the signature covers, so that a recorded request is of no use later.
///
/// @param place     where it stands
/// @param unit      how it is written
/// @param tolerance how far it may be from the time of receipt, both ways
record SignedTimestamp(Place place, Unit unit, Duration tolerance) {
    /// Where a sender puts the time.
    sealed interface Place {
        /// In a header of its own.
        record Header(String name) implements Place {}

        /// Beside the signatures, in the same header, after `prefix`.
        record BesideSignature(String prefix) implements Place {}

        /// In a field at the top of the JSON body.
        record BodyField(String name) implements Place {}
    }

    /// How a time is written.
    enum Unit {
        /// Seconds since 1970.
        S,
        /// Milliseconds since 1970.
        MS,
        /// Such as `2026-01-02T03:04:05Z`.
        RFC3339;

        /// The name users write.
        String param() {
            return name().toLowerCase(Locale.ROOT);
        }

        Optional<Instant> parse(String text) {
            try {
                return Optional.of(switch (this) {
                    case S -> Instant.ofEpochSecond(Long.parseLong(text));
                    case MS -> Instant.ofEpochMilli(Long.parseLong(text));
                    case RFC3339 -> Instant.parse(text);
                });
            } catch (NumberFormatException | DateTimeException _) {
                return Optional.empty();
            }
        }
    }

    /// The same with another tolerance.
    SignedTimestamp within(Duration other) {
        return new SignedTimestamp(place, unit, other);
    }

    /// What is wrong with the time `text` of a request received at `receivedAt`: a sentence for the sender, or nothing.
    Optional<String> complaint(String text, Instant receivedAt) {
        var sentAt = unit.parse(text);
        if (sentAt.isEmpty()) {
            return Optional.of("the signed timestamp is not a time in " + unit.param());
        }
        // Compared by additions, because the distance of two hostile times may not fit a Duration in nanoseconds.
        if (sentAt.get().isBefore(receivedAt.minus(tolerance))) {
            return Optional.of("the signed timestamp is more than " + tolerance.toSeconds() + " s old");
        }
        if (sentAt.get().isAfter(receivedAt.plus(tolerance))) {
            return Optional.of(
                    "the signed timestamp is more than " + tolerance.toSeconds() + " s ahead of the listener's clock");
        }
        return Optional.empty();
    }
}
