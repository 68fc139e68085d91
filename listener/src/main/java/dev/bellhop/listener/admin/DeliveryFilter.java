package dev.bellhop.listener.admin;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.record.Happening;

/// Which deliveries somebody wants; what is absent does not narrow.
///
/// @param outcomes empty: any
/// @param from     accepted, or ended in memory, at this time or later
/// @param to       before this time
record DeliveryFilter(Optional<String> namespace, Optional<String> trigger, Set<ShownOutcome> outcomes,
        Optional<Instant> from, Optional<Instant> to, Optional<EventId> event) {
    /// The names of the parameters when the path names the namespace.
    static final Set<String> IN_ONE_NAMESPACE = Set.of("trigger", "outcome", "from", "to", "eventID");
    /// The same with that of the namespace.
    static final Set<String> EVERYWHERE = Set.of("namespace", "trigger", "outcome", "from", "to", "eventID");

    DeliveryFilter {
        outcomes = Set.copyOf(outcomes);
        if (from.isPresent() && to.isPresent() && !from.get().isBefore(to.get())) {
            throw new UnusableParameter("from='" + from.get() + "' must be before to='" + to.get() + "'");
        }
    }

    static DeliveryFilter of(ApiRequest request) {
        var outcomes = EnumSet.noneOf(ShownOutcome.class);
        request.query().words("outcome").forEach(word -> outcomes.add(ShownOutcome.read(word)));
        return new DeliveryFilter(request.namespace(), request.query().text("trigger"), outcomes,
                request.query().time("from"), request.query().time("to"),
                request.query().text("eventID").map(DeliveryFilter::eventId));
    }

    private static EventId eventId(String text) {
        try {
            return new EventId(text);
        } catch (IllegalArgumentException e) {
            throw new UnusableParameter("eventID='" + text + "' is none: take it from the 202 answer, from the label"
                    + " triggers.bellhop.dev/triggers-eventid, or from a listing");
        }
    }

    /// The same for one namespace.
    DeliveryFilter in(String one) {
        return new DeliveryFilter(Optional.of(one), trigger, outcomes, from, to, event);
    }

    /// What to ask the journal; empty when only what is kept in memory is wanted.
    Optional<DeliveryQuery> query(int limit) {
        var states = outcomes.stream().flatMap(outcome -> outcome.state().stream()).toArray(DeliveryState[]::new);
        if (!outcomes.isEmpty() && states.length == 0) {
            return Optional.empty();
        }
        var query = DeliveryQuery.newest(limit).thatAre(states);
        query = namespace.isPresent() ? query.inTenant(namespace.get()) : query;
        query = trigger.isPresent() ? query.ofTrigger(trigger.get()) : query;
        query = event.isPresent() ? query.ofEvent(event.get()) : query;
        query = from.isPresent() ? query.from(from.get()) : query;
        query = to.isPresent() ? query.to(to.get()) : query;
        return Optional.of(query);
    }

    /// Whether a Trigger is among those wanted.
    boolean concerns(ObjectName name) {
        return namespace.map(name.namespace()::equals).orElse(true) && trigger.map(name.name()::equals).orElse(true);
    }

    /// Whether something that happened is wanted.
    boolean wants(Happening happening) {
        return concerns(happening.trigger())
                && (outcomes.isEmpty() || outcomes.stream()
                        .anyMatch(outcome -> outcome.name().equals(happening.ending().outcome())))
                && from.map(time -> !happening.at().isBefore(time)).orElse(true)
                && to.map(happening.at()::isBefore).orElse(true)
                && event.map(happening.eventId()::equals).orElse(true);
    }
}
