package dev.bellhop.engine.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.event.Origin;
import org.jspecify.annotations.Nullable;

/// `prune`: what is to be deleted after the items of `forEach`. Where the objects are must not depend on an item: with no item
/// left there is none to ask.
///
/// @param place apiVersion, kind and namespace of the objects, as the action writes them
/// @param by    `pruneBy`, if it is written
record Pruning(ValueTree place, Optional<ValueTree> by) {
    private static final Set<String> OPERATIONS = Set.of("apply", "update", "delete");

    /// As much of `object` as says where such objects are; empty when it has no written apiVersion and kind.
    static Optional<ObjectNode> place(@Nullable JsonNode object) {
        if (object == null || !isWritten(object.path("apiVersion")) || !isWritten(object.path("kind"))) {
            return Optional.empty();
        }
        var place = JsonNodeFactory.instance.objectNode();
        place.set("apiVersion", object.get("apiVersion"));
        place.set("kind", object.get("kind"));
        var namespace = object.path("metadata").path("namespace");
        if (!namespace.isMissingNode()) {
            place.putObject("metadata").set("namespace", namespace);
        }
        return Optional.of(place);
    }

    private static boolean isWritten(JsonNode field) {
        return field.isTextual() && !FieldCheck.isComputed(field);
    }

    /// The items' steps, marked as belonging together, and after them the one that prunes; null when it failed, and `rendering`
    /// knows why.
    @Nullable
    List<ActionStep> steps(CompiledAction action, String id, List<ActionStep> items, Rendering rendering) {
        var path = action.field() + "." + CompiledAction.KUBERNETES;
        var subject = subject(path, rendering);
        if (subject.isEmpty() || !(place.render(rendering) instanceof ObjectNode where)) {
            return null;
        }
        var known = action.name() + "|" + subject.get();
        var prune = JsonNodeFactory.instance.objectNode().put("by", known);
        prune.set("object", where);
        var keep = prune.putArray("keep");
        for (var item : items) {
            if (item.doing() instanceof Doing.Run(var spec)) {
                var problem = problem(spec, where);
                if (problem.isPresent()) {
                    rendering.fail(path, problem.get());
                    return null;
                }
                if (!spec.path("operation").asText().equals("delete")) {
                    keep.add(spec.path("object").path("metadata").path("name").asText());
                    spec.put("pruneBy", known);
                }
            }
        }
        var steps = new ArrayList<>(items);
        steps.add(new ActionStep(id + ".prune", action.field(), action.name(), action.kind(),
                new Doing.Prune(prune)));
        return steps;
    }

    private static Optional<String> problem(ObjectNode spec, ObjectNode where) {
        var operation = spec.path("operation").asText();
        if (!OPERATIONS.contains(operation)) {
            return Optional.of("operation '" + operation + "' does not go with prune: write apply, update or delete, "
                    + "and a metadata.name");
        }
        var object = spec.path("object");
        return object.path("metadata").path("namespace").equals(where.path("metadata").path("namespace"))
                ? Optional.empty()
                : Optional.of("prune: metadata.namespace must be the same for all items");
    }

    /// What the event is about: events of the same subject follow one another.
    private Optional<String> subject(String path, Rendering rendering) {
        if (by.isPresent()) {
            var written = by.get().render(rendering);
            var text = written == null ? "" : Rendering.text(written);
            if (text.isBlank()) {
                rendering.fail(path + ".pruneBy", "is empty for this event");
                return Optional.empty();
            }
            return Optional.of(text);
        }
        if (rendering.scope().event().origin() instanceof Origin.Sourced from && !from.subject().isEmpty()) {
            return Optional.of(from.source() + " " + from.subject());
        }
        rendering.fail(path + ".pruneBy", "is missing: the event has no subject; say what it is about");
        return Optional.empty();
    }
}
