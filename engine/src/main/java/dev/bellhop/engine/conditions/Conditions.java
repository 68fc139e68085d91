package dev.bellhop.engine.conditions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.schedule.Schedule;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup;

/// What a Trigger waits for before it acts. Shared by threads.
public final class Conditions {
    private static final Secrets NO_SECRETS = _ -> new Lookup.Missing("a condition may not ask for Secrets");

    private final List<Awaited> events;
    private final Term term;
    private final List<Schedule> resets;

    /// One of the events that are waited for.
    record Awaited(String name, CelExpression filter) {}

    Conditions(List<Awaited> events, Term term, List<Schedule> resets) {
        this.events = List.copyOf(events);
        this.term = term;
        this.resets = List.copyOf(resets);
    }

    /// Which of the awaited an event is.
    ///
    /// @param names      may be none, or several
    /// @param complaints what could not be told, a sentence each
    public record Classified(Set<String> names, List<String> complaints) {}

    /// Classifies an event that the interceptors let go on with `extensions`.
    public Classified classify(Event event, ObjectNode extensions) {
        var complaints = new ArrayList<String>();
        var names = events.stream().filter(awaited -> switch (awaited.filter()
                .evaluate(new Scope(event, extensions, NO_SECRETS))) {
            case Evaluated.Value(var json) -> json.isBoolean() && json.booleanValue();
            case Evaluated.Failed(var why) -> {
                complaints.add("event '" + awaited.name() + "': the filter failed: " + why);
                yield false;
            }
        }).map(Awaited::name).collect(Collectors.toUnmodifiableSet());
        return new Classified(names, List.copyOf(complaints));
    }

    /// Whether enough has come when the events of these names have.
    public boolean hold(Set<String> come) {
        return term.holds(come);
    }

    /// When what had come by then was last forgotten, as of `now`.
    public Optional<Instant> lastReset(Instant now) {
        return resets.stream().map(reset -> reset.latest(now)).flatMap(Optional::stream)
                .max(Comparator.naturalOrder());
    }
}
