package dev.bellhop.listener.conditions;

import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;

/// What one more event means for a Trigger that waits for several.
public sealed interface Gathered {
    /// Enough has come: this stands for all of them.
    record Complete(Event event, ObjectNode extensions) implements Gathered {}

    /// More is waited for; these have come. Empty: the event is none of those that are waited for.
    record Waiting(Set<String> come) implements Gathered {}
}
