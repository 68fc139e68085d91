package dev.bellhop.listener.journal;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;

/// A delivery to be: an event is due to one Trigger.
///
/// @param door        what selected the Trigger
/// @param trigger     the Trigger; its namespace is the tenant
/// @param triggerUid  tells the Trigger from a later one of the same name
/// @param extensions  what the interceptors that ran before the 202 added; they do not run again
/// @param dedup       absent: it is never a duplicate
/// @param concurrency absent: any number of the Trigger's deliveries run at once
public record NewDelivery(Door door, ObjectName trigger, String triggerUid, ObjectNode extensions,
        Optional<DedupKey> dedup, Optional<Concurrency> concurrency) {
    /// Without keys.
    public NewDelivery(Door door, ObjectName trigger, String triggerUid, ObjectNode extensions) {
        this(door, trigger, triggerUid, extensions, Optional.empty(), Optional.empty());
    }
}
