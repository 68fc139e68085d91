package dev.bellhop.engine.conditions;

import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;

/// Several events that were waited for as one, as bindings and actions see it: `body`, `extensions` and `event.events` have what came
/// of each under its name.
public record Together(Event event, ObjectNode extensions) {
    /// Of all that has come, by name; `last` came last, and lends its id, its time and its headers.
    public static Together of(Event last, Map<String, Kept> come) {
        var bodies = JsonNodeFactory.instance.objectNode();
        var facts = JsonNodeFactory.instance.objectNode();
        var events = facts.putObject("events");
        var extensions = JsonNodeFactory.instance.objectNode();
        come.forEach((name, kept) -> {
            bodies.set(name, kept.body());
            events.set(name, kept.event());
            extensions.set(name, kept.extensions());
        });
        return new Together(Event.of(last.id(), last.receivedAt(), last.headers(), Body.of(bodies),
                new Origin.Sourced("conditions", last.id().value(), "conditions", "", last.receivedAt(), facts,
                        Optional.empty())),
                extensions);
    }
}
