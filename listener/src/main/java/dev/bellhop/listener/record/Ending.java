package dev.bellhop.listener.record;

import java.time.Duration;
import java.util.List;

import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.ObjectRef;

/// How an event ended, or a try of it, for one Trigger.
public sealed interface Ending {
    /// The objects exist.
    record Created(List<ObjectRef> objects) implements Ending {}

    /// Not for this Trigger; `by` names the interceptor.
    record Filtered(String by, String why) implements Ending {}

    /// The sender did not prove who it is.
    record Refused(String by, String why) implements Ending {}

    /// Too much for the namespace at this time: the sender was told to wait.
    record Throttled(String why) implements Ending {}

    /// The same event was taken before: nothing is done again.
    record Duplicate(DeliveryId of) implements Ending {}

    /// Could not be decided, and was not accepted for this Trigger.
    record Undecided(String by, String why) implements Ending {}

    /// A try failed; another follows.
    record Retrying(String step, String why, Duration in) implements Ending {}

    /// Failed for good: kept in the history.
    record Failed(String step, String why) implements Ending {}

    /// The word for it, the same in the log, the metric, the Kubernetes Event and the history.
    default String outcome() {
        return switch (this) {
            case Created _ -> "Created";
            case Filtered _ -> "Filtered";
            case Refused _ -> "Refused";
            case Throttled _ -> "Throttled";
            case Duplicate _ -> "Duplicate";
            case Undecided _ -> "Undecided";
            case Retrying _ -> "Retrying";
            case Failed _ -> "Failed";
        };
    }

    /// What there is to say: the objects, or the reason.
    default String detail() {
        return switch (this) {
            case Created(var objects) -> String.join(", ", objects.stream().map(ObjectRef::shortName).toList());
            case Filtered(var by, var why) -> by + ": " + why;
            case Refused(var by, var why) -> by + ": " + why;
            case Throttled(var why) -> why;
            case Duplicate(var of) -> "the same event was taken as " + of;
            case Undecided(var by, var why) -> by + ": " + why;
            case Retrying(var step, var why, var in) ->
                step + ": " + why + "; trying again in " + in.toMillis() + " ms";
            case Failed(var step, var why) -> step + ": " + why;
        };
    }
}
