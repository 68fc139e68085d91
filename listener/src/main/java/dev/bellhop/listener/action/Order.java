package dev.bellhop.listener.action;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;

/// The objects that one delivery asks for, and on whose behalf.
///
/// @param identity   what its objects are named after
/// @param hops       how many events of objects that Bellhop itself made led to this one, plus 1; 0 for a posted event
/// @param actingUser the user to create them as, such as `system:serviceaccount:team-a:deployer`; absent: the listener's own identity
public record Order(EventId eventId, Door door, ObjectName trigger, Identity identity, int hops,
        Optional<String> actingUser, List<ObjectNode> resources) {
    /// Of a posted event.
    public Order(EventId eventId, Door door, ObjectName trigger, Identity identity, Optional<String> actingUser,
            List<ObjectNode> resources) {
        this(eventId, door, trigger, identity, 0, actingUser, resources);
    }
}
