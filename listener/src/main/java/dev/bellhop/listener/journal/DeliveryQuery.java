package dev.bellhop.listener.journal;

import java.util.Optional;

import dev.bellhop.engine.event.EventId;

/// Which deliveries to list; what is absent does not narrow.
///
/// @param tenant  only of Triggers in this namespace
/// @param trigger only of Triggers with this name
/// @param event   only of this event
/// @param state   only those that stand so
/// @param before  continue a listing: only those older than this one
/// @param limit   at most so many, from 1 to 1,000
public record DeliveryQuery(Optional<String> tenant, Optional<String> trigger, Optional<EventId> event,
        Optional<DeliveryState> state, Optional<DeliveryId> before, int limit) {
    public DeliveryQuery {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit=" + limit + " must be from 1 to 1000");
        }
    }

    /// The newest `limit` of all.
    public static DeliveryQuery newest(int limit) {
        return new DeliveryQuery(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), limit);
    }

    /// Only of Triggers in `namespace`.
    public DeliveryQuery inTenant(String namespace) {
        return new DeliveryQuery(Optional.of(namespace), trigger, event, state, before, limit);
    }

    /// Only of Triggers named `name`.
    public DeliveryQuery ofTrigger(String name) {
        return new DeliveryQuery(tenant, Optional.of(name), event, state, before, limit);
    }

    /// Only of the event `id`.
    public DeliveryQuery ofEvent(EventId id) {
        return new DeliveryQuery(tenant, trigger, Optional.of(id), state, before, limit);
    }

    /// Only those that stand so.
    public DeliveryQuery thatAre(DeliveryState wanted) {
        return new DeliveryQuery(tenant, trigger, event, Optional.of(wanted), before, limit);
    }

    /// Only those older than `id`: the next page after one that ended with it.
    public DeliveryQuery before(DeliveryId id) {
        return new DeliveryQuery(tenant, trigger, event, state, Optional.of(id), limit);
    }
}
