package dev.bellhop.engine.action;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One thing to do for one event, with all expressions replaced.
///
/// @param id    which step of its Trigger it is, the same for every try: the action's place, and with `forEach` the item's:
///              `1` or `1.0`; `1.prune` comes after the items
/// @param field where the action is written, for messages: `spec.actions[1]`
/// @param name  what people call it; may be empty
/// @param kind  the kind of action: `kubernetes`, `http`, …
public record ActionStep(String id, String field, String name, String kind, Doing doing) {
    /// What is to be done.
    public sealed interface Doing {
        /// Carry the action out.
        record Run(ObjectNode spec) implements Doing {}

        /// Delete what this Trigger made earlier: `when` is false, and `whenFalse` says delete. `spec` names the object.
        record Remove(ObjectNode spec) implements Doing {}

        /// Delete what this action made for an earlier event of the same subject and names no more. `spec` says with `object`
        /// what kind it is and in which namespace, with `by` what the action's objects of the subject are known by, with `keep`
        /// the names of those that stay.
        record Prune(ObjectNode spec) implements Doing {}

        /// Nothing: `when` is false.
        record Skip() implements Doing {}
    }

    /// How messages call it: where it is written, and its name.
    public String label() {
        return field + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
