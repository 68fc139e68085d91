package dev.bellhop.engine.action;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.cel.CelExpression;
import org.jspecify.annotations.Nullable;

/// One action, compiled.
///
/// @param field    where it is written: `spec.actions[1]`
/// @param kind     `kubernetes`, `http`, …; the name of its field
/// @param identity of an action that names an object of the cluster: as much of it as names the object, which is all that is
///                 rendered when the object is to go; the rest may ask for what the event has no more
/// @param pruning  what is to be deleted after the items
record CompiledAction(int index, String field, String name, String kind, Optional<CelExpression> when,
        boolean removesWhenFalse, Optional<CelExpression> forEach, ValueTree tree, Optional<Identity> identity,
        Optional<Pruning> pruning) {
    static final String KUBERNETES = "kubernetes";

    /// What names the object, and whether it is to go even if `when` is true.
    ///
    /// @param operation as written, if it is
    record Identity(ValueTree tree, Optional<ValueTree> operation, CelExpression eventDeletes) {}

    /// What it comes to; null when it failed, and `rendering` knows why.
    @Nullable
    ActionStep step(String id, Rendering rendering) {
        var doing = doing(rendering);
        return doing == null ? null : new ActionStep(id, field, name, kind, doing);
    }

    private @Nullable Doing doing(Rendering rendering) {
        if (when.isPresent()) {
            var holds = rendering.value(field + ".when", when.get());
            if (holds == null) {
                return null;
            }
            if (!holds.isBoolean()) {
                rendering.fail(field + ".when", "expression \"" + when.get().source() + "\" gave " + brief(holds)
                        + ", but must give true or false");
                return null;
            }
            if (!holds.booleanValue()) {
                return removesWhenFalse && identity.isPresent()
                        ? remove(identity.get(), rendering)
                        : new Doing.Skip();
            }
        }
        return identity.isPresent() ? runOnObject(identity.get(), rendering) : run(tree, rendering);
    }

    private @Nullable Doing remove(Identity object, Rendering rendering) {
        return object.tree().render(rendering) instanceof ObjectNode spec ? new Doing.Remove(spec) : null;
    }

    private @Nullable Doing runOnObject(Identity object, Rendering rendering) {
        var operation = operation(object, rendering);
        if (operation == null) {
            return null;
        }
        var doing = run(operation.equals("delete") ? object.tree() : tree, rendering);
        if (doing instanceof Doing.Run(var spec)) {
            var metadata = spec.path("object").path("metadata");
            boolean named = metadata.path("name").asText().isEmpty() && metadata.hasNonNull("generateName");
            spec.put("operation", operation.isEmpty() ? (named ? "create" : "apply") : operation);
        }
        return doing;
    }

    /// The operation, `delete` if nothing is written and the event deletes, otherwise empty.
    private @Nullable String operation(Identity object, Rendering rendering) {
        if (object.operation().isPresent()) {
            var value = object.operation().get().render(rendering);
            if (value != null && !value.isTextual()) {
                rendering.fail(field + ".kubernetes.operation", "is " + brief(value) + ", but must be a text");
                return null;
            }
            if (value != null) {
                return value.textValue();
            }
        }
        var deletes = rendering.value(field + ".kubernetes.operation", object.eventDeletes());
        return deletes == null ? null : deletes.booleanValue() ? "delete" : "";
    }

    private @Nullable Doing run(ValueTree from, Rendering rendering) {
        return from.render(rendering) instanceof ObjectNode spec ? new Doing.Run(spec) : null;
    }

    static String brief(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "a text";
            case NULL, MISSING -> "nothing";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            case BINARY, POJO -> "bytes";
        };
    }
}
