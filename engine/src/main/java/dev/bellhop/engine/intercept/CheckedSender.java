package dev.bellhop.engine.intercept;

import java.util.List;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;

/// An interceptor for one kind of sender: every check in order, then what the sender's events add. The proof of who the
/// sender is comes first, so that what somebody who has none is told never depends on the rest.
record CheckedSender(String name, List<Check> checks, Addition addition) implements Interceptor {
    CheckedSender {
        checks = List.copyOf(checks);
    }

    /// What goes on from an event that passed the checks.
    @FunctionalInterface
    interface Addition {
        /// Adds nothing.
        Addition NOTHING = (_, _) -> new Decision.Continue(JsonNodeFactory.instance.objectNode());

        /// The decision, in the name of the interceptor `by`.
        Decision decide(String by, Event event);
    }

    @Override
    public Decision intercept(Event event, ObjectNode extensions, Secrets secrets) {
        for (var check : checks) {
            var objection = check.objection(name, event, secrets);
            if (objection.isPresent()) {
                return objection.get();
            }
        }
        return addition.decide(name, event);
    }

    @Override
    public List<SecretRef> secrets() {
        return checks.stream().flatMap(check -> check.secrets().stream()).toList();
    }

    @Override
    public List<Conjunct> conjuncts() {
        return checks.stream().flatMap(check -> check.conjuncts().stream()).toList();
    }
}
