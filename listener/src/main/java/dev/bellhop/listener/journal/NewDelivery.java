package dev.bellhop.listener.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;

/// A delivery to be: an event is due to one Trigger.
///
/// @param listener   the EventListener that selected the Trigger
/// @param trigger    the Trigger; its namespace is the tenant
/// @param triggerUid tells the Trigger from a later one of the same name
/// @param extensions what the interceptors that ran before the 202 added; they do not run again
public record NewDelivery(ObjectName listener, ObjectName trigger, String triggerUid, ObjectNode extensions) {}
