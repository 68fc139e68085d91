package dev.bellhop.engine.catalog;

import java.util.List;

import dev.bellhop.api.ObjectName;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.trigger.Compilation;

/// What is true of one Trigger object.
///
/// @param listeners the EventListeners that select it or name it, in order; empty when none does
/// @param sources   the EventSources whose events it gets, in order; empty when there are none
public record TriggerView(Stored<Trigger> stored, Compilation compilation, List<ObjectName> listeners,
        List<ObjectName> sources) {
    /// Whether events reach it at all.
    public boolean isServed() {
        return !listeners.isEmpty() || !sources.isEmpty();
    }
}
