package dev.bellhop.engine.intercept;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.Secrets;

/// Lets only some types of a sender's events pass. The type is compared exactly, as the sender writes it.
///
/// @param header  the header in which the sender names the type
/// @param allowed the types that pass
record EventTypes(String header, Set<String> allowed) implements Check {
    @Override
    public Optional<Decision> objection(String by, Event event, Secrets secrets) {
        var type = event.headers().first(header);
        if (type.isEmpty()) {
            return Optional
                    .of(new Decision.Filtered(by, "no " + header + " header set, so the event type is not allowed"));
        }
        return type.filter(name -> !allowed.contains(name))
                .map(name -> new Decision.Filtered(by, "event type " + name + " is not allowed"));
    }

    @Override
    public List<Conjunct> conjuncts() {
        return List.of(new Conjunct.HeaderIn(Headers.canonical(header), allowed));
    }
}
