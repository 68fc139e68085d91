package dev.bellhop.engine.trigger;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What binding and rendering made of an event.
public sealed interface Made {
    /// The objects to create, in this order; never empty.
    record Resources(List<ObjectNode> resources) implements Made {}

    /// Nothing: the event does not have what the Trigger asks of it. The same event always fails the same way.
    record Failed(Step step, String why) implements Made {}

    /// The step that failed.
    enum Step {
        BIND, RENDER
    }
}
