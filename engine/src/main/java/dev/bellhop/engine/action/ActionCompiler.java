package dev.bellhop.engine.action;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.action.ActionKind;
import dev.bellhop.api.action.ActionSpec;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.cel.CelExpression;
import org.jspecify.annotations.Nullable;

/// Compiles the actions of a Trigger, once; tells all that is wrong with them together.
public final class ActionCompiler {
    private static final int MOST_ACTIONS = 50;
    private static final JsonMapper JSON = new JsonMapper();
    /// What becomes of an action on an object that does not say it.
    private static final String EVENT_DELETES = "event.source != 'http' && event.type == 'delete'";

    private final String field;
    private final List<Problem> problems;
    private final TreeCompiler trees;

    private ActionCompiler(String field, TreeCompiler trees, List<Problem> problems) {
        this.field = field;
        this.problems = problems;
        this.trees = trees;
    }

    /// Compiles `specs`, which stand in the field `actions` below `field`, such as `spec`, of a Trigger in `namespace`; what is
    /// wrong goes to `problems`.
    public static Actions compile(List<ActionSpec> specs, String field, String namespace, List<Problem> problems) {
        return specs.isEmpty()
                ? Actions.NONE
                : new ActionCompiler(field + ".actions",
                        new TreeCompiler(namespace, CelExpression::compileForAction, problems), problems)
                        .all(specs, "");
    }

    /// The same for `deadLetter.actions` below `field`, which see why the delivery is given up.
    public static Actions compileDeadLetter(List<ActionSpec> specs, String field, String namespace,
            List<Problem> problems) {
        return specs.isEmpty()
                ? Actions.NONE
                : new ActionCompiler(field + ".deadLetter.actions",
                        new TreeCompiler(namespace, CelExpression::compileForDeadLetter, problems), problems)
                        .all(specs, Actions.DEAD_LETTER);
    }

    private Actions all(List<ActionSpec> specs, String idPrefix) {
        if (specs.size() > MOST_ACTIONS) {
            invalid(field + " has " + specs.size() + " items; the limit is " + MOST_ACTIONS);
        }
        var names = new HashSet<String>();
        var compiled = new ArrayList<CompiledAction>();
        for (int i = 0; i < specs.size(); i++) {
            var spec = specs.get(i);
            if (spec.name() != null && !spec.name().isEmpty() && !names.add(spec.name())) {
                invalid(field + "[" + i + "].name '" + spec.name() + "' is taken by an earlier action");
            }
            action(spec, i).ifPresent(compiled::add);
        }
        return new Actions(compiled, idPrefix);
    }

    private Optional<CompiledAction> action(ActionSpec spec, int index) {
        var at = field + "[" + index + "]";
        var given = spec.given();
        if (given.size() != 1) {
            invalid(given.isEmpty()
                    ? at + " says nothing to do: write one of " + String.join(", ", ActionSpec.KINDS)
                    : at + " has " + String.join(" and ", given.keySet()) + ": write an action for each");
            return Optional.empty();
        }
        var kind = given.keySet().iterator().next();
        var fields = given.get(kind);
        if (fields == null) {
            throw new IllegalStateException(kind);
        }
        for (var problem : ActionCheck.of(fields)) {
            invalid(at + "." + kind + problem);
        }
        return Optional.of(new CompiledAction(index, at, Objects.requireNonNullElse(spec.name(), ""), kind,
                expression(at + ".when", spec.when()), removesWhenFalse(spec, at, fields),
                expression(at + ".forEach", spec.forEach()),
                trees.tree(at + "." + kind, tree(fields)), identity(at, fields), pruning(spec, at, fields)));
    }

    private Optional<Pruning> pruning(ActionSpec spec, String at, ActionKind fields) {
        if (!(fields instanceof KubernetesAction kubernetes) || !Boolean.TRUE.equals(kubernetes.prune())) {
            return Optional.empty();
        }
        var path = at + "." + CompiledAction.KUBERNETES;
        if (spec.forEach() == null || spec.when() != null) {
            invalid(path + ".prune needs forEach, and no when: filter the list of forEach instead");
        }
        if (spec.name() == null || spec.name().isEmpty()) {
            invalid(at
                    + ".name is missing: prune knows the action's objects by it, so that it stays when actions move");
        }
        var place = Pruning.place(kubernetes.object());
        if (place.isEmpty()) {
            invalid(path + ".object: prune needs apiVersion and kind written out");
            return Optional.empty();
        }
        // What is wrong with it is told with the whole.
        var quiet = trees.telling(new ArrayList<>());
        return Optional.of(new Pruning(quiet.tree(path + ".object", place.get()),
                Optional.ofNullable(kubernetes.pruneBy())
                        .map(by -> quiet.tree(path + ".pruneBy", TextNode.valueOf(by)))));
    }

    private boolean removesWhenFalse(ActionSpec spec, String at, ActionKind fields) {
        var written = Objects.requireNonNullElse(spec.whenFalse(), "skip");
        if (!Set.of("skip", "delete").contains(written)) {
            invalid(at + ".whenFalse '" + written + "' must be skip or delete");
        } else if (written.equals("delete") && !(fields instanceof KubernetesAction)) {
            invalid(at + ".whenFalse: only an action of kind kubernetes has something to delete");
        } else if (written.equals("delete") && spec.when() == null) {
            invalid(at + ".whenFalse says delete, but there is no when");
        }
        return written.equals("delete");
    }

    private Optional<CelExpression> expression(String at, @Nullable String written) {
        return written == null || written.isBlank() ? Optional.empty() : trees.whole(at, written);
    }

    private static ObjectNode tree(ActionKind fields) {
        return JSON.valueToTree(fields);
    }

    private Optional<CompiledAction.Identity> identity(String at, ActionKind fields) {
        if (!(fields instanceof KubernetesAction kubernetes) || kubernetes.object() == null) {
            return Optional.empty();
        }
        var path = at + "." + CompiledAction.KUBERNETES;
        var reduced = tree(fields);
        reduced.retain("operation", "ignoreNotFound");
        reduced.set("object", namesOnly(kubernetes.object()));
        // What is wrong with it was told with the whole.
        var unheard = new ArrayList<Problem>();
        var quiet = trees.telling(unheard);
        var operation = Optional.ofNullable(kubernetes.operation())
                .map(written -> quiet.tree(path + ".operation", reduced.path("operation")));
        return quiet.whole(path + ".operation", EVENT_DELETES)
                .map(deletes -> new CompiledAction.Identity(quiet.tree(path, reduced), operation, deletes));
    }

    /// As much of an object as names it; an expression may give the whole and stays.
    private static JsonNode namesOnly(JsonNode object) {
        if (!object.isObject()) {
            return object;
        }
        var names = JsonNodeFactory.instance.objectNode();
        copy(object, names, "apiVersion", "kind", "metadata");
        if (object.path("metadata").isObject()) {
            copy(object.path("metadata"), names.putObject("metadata"), "name", "namespace");
        }
        return names;
    }

    private static void copy(JsonNode from, ObjectNode to, String... fields) {
        for (var name : fields) {
            if (from.has(name)) {
                to.set(name, from.get(name));
            }
        }
    }

    private void invalid(String message) {
        problems.add(new Problem(Reason.InvalidSpec, message));
    }
}
