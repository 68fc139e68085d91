package dev.bellhop.listener.journal;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;

/// One event × one Trigger, claimed to be tried now.
///
/// @param event       as stored: credentials are already taken out, so that every try sees the same
/// @param door        what selected the Trigger
/// @param trigger     the Trigger; its namespace is the tenant
/// @param triggerUid  tells the Trigger from a later one of the same name
/// @param extensions  what the interceptors that ran before the 202 added; must not be changed
/// @param dedup       by what its duplicates are known; absent in a replay
/// @param concurrency with which others it does not run at once
/// @param replayOf    the delivery whose event a person wanted delivered anew
/// @param attempt     which try this is, from 1
/// @param created     what earlier tries made, in order; this one goes on after them
public record Delivery(DeliveryId id, Event event, Door door, ObjectName trigger, String triggerUid,
        ObjectNode extensions, Optional<DedupKey> dedup, Optional<Concurrency> concurrency,
        Optional<DeliveryId> replayOf, int attempt, List<ObjectRef> created) {
    public Delivery {
        created = List.copyOf(created);
    }

    /// The same, begun after `made`.
    public Delivery after(List<ObjectRef> made) {
        return new Delivery(id, event, door, trigger, triggerUid, extensions, dedup, concurrency, replayOf, attempt,
                made);
    }

    /// Whose share of the work this is.
    public String tenant() {
        return trigger.namespace();
    }

    /// Where it waited in line.
    public Lane lane() {
        return new Lane(trigger, triggerUid);
    }

    /// What the objects that it makes are named after. It is the same for every try, for a later event with the same dedup
    /// key, and for the same event at another replica, so that all of these meet each other's objects; a replay has its own.
    public String identity() {
        return triggerUid + replayOf.map(_ -> "|replay|" + id)
                .or(() -> dedup.map(key -> "|dedup|" + key.value()))
                .orElseGet(() -> "|event|" + event.id());
    }
}
