package dev.bellhop.engine.cel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.Secrets;

/// What an expression can see: the event, what interceptors before it added, and the Secrets of its Trigger's namespace.
public record Scope(Event event, ObjectNode extensions, Secrets secrets) {}
