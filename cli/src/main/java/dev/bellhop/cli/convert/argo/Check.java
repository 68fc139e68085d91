package dev.bellhop.cli.convert.argo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.convert.draft.TriggerDraft;

/// What a Trigger has to ask of the events of one of Argo's sources.
sealed interface Check {
    /// Whether an event is wanted; `cel` is a condition.
    record Filter(String cel) implements Check {}

    /// Whether its sender is who it says; `cel` is a condition that asks for a Secret.
    record Sender(String cel) implements Check {}

    /// The same, by an interceptor with params.
    record Signature(String interceptor, ObjectNode params) implements Check {}

    /// Nothing comes through, because `field` could not be converted.
    record Closed(String field) implements Check {}

    /// Has a Trigger of this event alone make it.
    default void into(TriggerDraft trigger) {
        switch (this) {
            case Filter(var cel) -> trigger.filter(cel);
            case Sender(var cel) -> trigger.filter(cel);
            case Signature(var interceptor, var params) -> trigger.interceptor(interceptor, params);
            case Closed(var field) -> trigger.closed(field);
        }
    }
}
