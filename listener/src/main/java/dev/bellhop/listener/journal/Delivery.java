package dev.bellhop.listener.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;

/// One event × one Trigger, claimed to be tried now.
///
/// @param event      as stored: credentials are already taken out, so that every try sees the same
/// @param listener   the EventListener that selected the Trigger
/// @param trigger    the Trigger; its namespace is the tenant
/// @param triggerUid tells the Trigger from a later one of the same name
/// @param extensions what the interceptors that ran before the 202 added; must not be changed
/// @param attempt    which try this is, from 1
public record Delivery(DeliveryId id, Event event, ObjectName listener, ObjectName trigger, String triggerUid,
        ObjectNode extensions, int attempt) {
    /// Whose share of the work this is.
    public String tenant() {
        return trigger.namespace();
    }
}
