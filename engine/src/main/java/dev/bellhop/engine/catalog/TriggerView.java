package dev.bellhop.engine.catalog;

import java.util.List;

import dev.bellhop.api.ObjectName;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.trigger.Compilation;

/// What is true of one Trigger object.
///
/// @param listeners the EventListeners that select it or name it, in order; empty when none does
public record TriggerView(Stored<Trigger> stored, Compilation compilation, List<ObjectName> listeners) {}
