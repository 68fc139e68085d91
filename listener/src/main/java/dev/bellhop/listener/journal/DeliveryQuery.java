package dev.bellhop.listener.journal;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.event.EventId;

/// Which deliveries to list; what is absent does not narrow.
///
/// @param tenant   only of Triggers in this namespace
/// @param trigger  only of Triggers with this name
/// @param event    only of this event
/// @param states   only those that stand in one of these; empty: in any
/// @param from     only those accepted at this time or later
/// @param to       only those accepted before this time
/// @param replayOf only those that replay this one
/// @param dedupKey only those with this dedup key
/// @param before   continue a listing: only those older than this one
/// @param limit    at most so many, from 1 to 1,000
public record DeliveryQuery(Optional<String> tenant, Optional<String> trigger, Optional<EventId> event,
        Set<DeliveryState> states, Optional<Instant> from, Optional<Instant> to, Optional<DeliveryId> replayOf,
        Optional<String> dedupKey, Optional<DeliveryId> before, int limit) {
    public DeliveryQuery {
        states = Set.copyOf(states);
        dedupKey = dedupKey.filter(key -> !key.isEmpty()).map(BoundedKey::of);
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit=" + limit + " must be from 1 to 1000");
        }
    }

    /// The newest `limit` of all.
    public static DeliveryQuery newest(int limit) {
        return new DeliveryQuery(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), limit);
    }

    /// Only of Triggers in `namespace`.
    public DeliveryQuery inTenant(String namespace) {
        return new DeliveryQuery(Optional.of(namespace), trigger, event, states, from, to, replayOf, dedupKey, before,
                limit);
    }

    /// Only of Triggers named `name`.
    public DeliveryQuery ofTrigger(String name) {
        return new DeliveryQuery(tenant, Optional.of(name), event, states, from, to, replayOf, dedupKey, before, limit);
    }

    /// Only of the event `id`.
    public DeliveryQuery ofEvent(EventId id) {
        return new DeliveryQuery(tenant, trigger, Optional.of(id), states, from, to, replayOf, dedupKey, before, limit);
    }

    /// Only those that stand so, or so.
    public DeliveryQuery thatAre(DeliveryState... wanted) {
        var set = EnumSet.noneOf(DeliveryState.class);
        set.addAll(List.of(wanted));
        return new DeliveryQuery(tenant, trigger, event, set, from, to, replayOf, dedupKey, before, limit);
    }

    /// Only those accepted at `time` or later.
    public DeliveryQuery from(Instant time) {
        return new DeliveryQuery(tenant, trigger, event, states, Optional.of(time), to, replayOf, dedupKey, before,
                limit);
    }

    /// Only those accepted before `time`.
    public DeliveryQuery to(Instant time) {
        return new DeliveryQuery(tenant, trigger, event, states, from, Optional.of(time), replayOf, dedupKey, before,
                limit);
    }

    /// Only those that replay `id`.
    public DeliveryQuery thatReplay(DeliveryId id) {
        return new DeliveryQuery(tenant, trigger, event, states, from, to, Optional.of(id), dedupKey, before, limit);
    }

    /// Only those with this dedup key.
    public DeliveryQuery withDedupKey(String key) {
        return new DeliveryQuery(tenant, trigger, event, states, from, to, replayOf, Optional.of(key), before, limit);
    }

    /// Only those older than `id`: the next page after one that ended with it.
    public DeliveryQuery before(DeliveryId id) {
        return new DeliveryQuery(tenant, trigger, event, states, from, to, replayOf, dedupKey, Optional.of(id), limit);
    }
}
