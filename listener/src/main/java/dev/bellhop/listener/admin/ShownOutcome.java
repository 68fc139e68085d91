package dev.bellhop.listener.admin;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.bellhop.listener.journal.DeliveryState;

/// The words for how a delivery stands or an event ended, the same in the API, the log, the metric and the Kubernetes Event.
enum ShownOutcome {
    /// Accepted, not tried to an end yet.
    Pending,
    /// Tried in vain; will be tried again.
    Retrying,
    /// The objects exist.
    Created,
    /// Given up.
    Failed,
    /// The same as another delivery; recorded, never tried.
    Duplicate,
    /// Not to be tried any more.
    Cancelled,
    /// The disk changed what was stored.
    Corrupt,
    /// Not for this Trigger.
    Filtered,
    /// The sender did not prove who it is.
    Refused,
    /// Too much at that time; the sender was told to wait.
    Throttled,
    /// Could not be decided, and was not accepted.
    Undecided;

    /// The word for a delivery of the journal.
    static ShownOutcome of(DeliveryState state) {
        return switch (state) {
            case PENDING -> Pending;
            case RETRYING -> Retrying;
            case DONE -> Created;
            case DEAD -> Failed;
            case CORRUPT -> Corrupt;
            case DUPLICATE -> Duplicate;
            case CANCELLED -> Cancelled;
        };
    }

    /// The state in the journal; empty for what never reaches it and is kept in memory.
    Optional<DeliveryState> state() {
        return switch (this) {
            case Pending -> Optional.of(DeliveryState.PENDING);
            case Retrying -> Optional.of(DeliveryState.RETRYING);
            case Created -> Optional.of(DeliveryState.DONE);
            case Failed -> Optional.of(DeliveryState.DEAD);
            case Corrupt -> Optional.of(DeliveryState.CORRUPT);
            case Duplicate -> Optional.of(DeliveryState.DUPLICATE);
            case Cancelled -> Optional.of(DeliveryState.CANCELLED);
            case Filtered, Refused, Throttled, Undecided -> Optional.empty();
        };
    }

    /// What a parameter says, in any case.
    static ShownOutcome read(String word) {
        return Arrays.stream(values()).filter(outcome -> outcome.name().equalsIgnoreCase(word)).findFirst()
                .orElseThrow(() -> new UnusableParameter("outcome='" + word + "' must be one of "
                        + Arrays.stream(values()).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
