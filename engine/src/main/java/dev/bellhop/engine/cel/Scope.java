package dev.bellhop.engine.cel;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.Secrets;

/// What an expression can see: the event, what interceptors before it added, the Secrets of its Trigger's namespace, and, in
/// an action, what only actions see.
public record Scope(Event event, ObjectNode extensions, Secrets secrets, Optional<ActionScope> action) {
    /// Of an expression outside of actions.
    public Scope(Event event, ObjectNode extensions, Secrets secrets) {
        this(event, extensions, secrets, Optional.empty());
    }
}
