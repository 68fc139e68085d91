package dev.bellhop.engine.trigger;

import java.util.List;

import dev.bellhop.engine.Problem;

/// What compiling a Trigger gave.
public sealed interface Compilation {
    /// It can run. `warnings` are sentences for its author about what will likely not do what was meant.
    record Sound(CompiledTrigger trigger, List<String> warnings) implements Compilation {}

    /// It cannot; every problem found is told, at least one.
    record Broken(List<Problem> problems) implements Compilation {}
}
