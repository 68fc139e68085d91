package dev.bellhop.engine.select;

import java.util.List;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.trigger.CompiledTrigger;

/// The Triggers that a request addresses, still to be narrowed down by what the event holds.
@FunctionalInterface
public interface Candidates {
    /// Those that may want `event`: all that do, and perhaps some that do not. The cost grows with their number, not with the
    /// number of Triggers addressed.
    List<CompiledTrigger> concerning(Event event);
}
