package dev.bellhop.engine.trigger;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.action.ActionStep;

/// What binding and rendering made of an event.
public sealed interface Made {
    /// The objects to create, and then what else is to be done, each in its order; not both are empty.
    record Work(List<ObjectNode> resources, List<ActionStep> steps) implements Made {}

    /// Nothing: the event does not have what the Trigger asks of it. The same event always fails the same way.
    record Failed(Step step, String why) implements Made {}

    /// The step that failed.
    enum Step {
        BIND, RENDER
    }
}
