package dev.bellhop.engine.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.ActionScope;
import dev.bellhop.engine.cel.Failure;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup;

/// The actions of a Trigger, compiled. Shared by threads.
public final class Actions {
    /// Of a Trigger without actions.
    public static final Actions NONE = new Actions(List.of(), "");
    /// How often `forEach` repeats an action at most.
    public static final int MOST_ITEMS = 100;

    /// Begins the ids of the steps of a dead letter, which no other step's begins with.
    public static final String DEAD_LETTER = "dead.";

    private static final Secrets NO_SECRETS = _ -> new Lookup.Missing("an action may not compare Secrets");

    private final List<CompiledAction> actions;
    private final String idPrefix;

    /// @param idPrefix begins the ids of all steps
    Actions(List<CompiledAction> actions, String idPrefix) {
        this.actions = List.copyOf(actions);
        this.idPrefix = idPrefix;
    }

    /// What an event made of them.
    public sealed interface Rendered {
        /// What to do, in this order.
        record Steps(List<ActionStep> steps) implements Rendered {}

        /// The event lacks what they ask for; the same event always fails the same way.
        record Failed(String why) implements Rendered {}
    }

    public boolean isEmpty() {
        return actions.isEmpty();
    }

    /// Puts `event`, what interceptors added, and the values of the bindings into them.
    public Rendered render(Event event, ObjectNode extensions, ObjectNode params) {
        return render(new Seen(event, extensions, params, Optional.empty()));
    }

    /// The same for a delivery that is given up because of `failure`.
    public Rendered render(Event event, ObjectNode extensions, ObjectNode params, Failure failure) {
        return render(new Seen(event, extensions, params, Optional.of(failure)));
    }

    /// What the expressions of all actions see.
    private record Seen(Event event, ObjectNode extensions, ObjectNode params, Optional<Failure> failure) {
        Scope scope(JsonNode each, int index) {
            return new Scope(event, extensions, NO_SECRETS,
                    Optional.of(new ActionScope(params, each, index, failure)));
        }
    }

    private Rendered render(Seen seen) {
        var rendering = new Rendering(seen.scope(MissingNode.getInstance(), 0));
        var steps = new ArrayList<ActionStep>();
        for (var action : actions) {
            add(action, seen, rendering, steps);
        }
        return rendering.problems().isEmpty()
                ? new Rendered.Steps(List.copyOf(steps))
                : new Rendered.Failed(String.join("; ", rendering.problems()));
    }

    private void add(CompiledAction action, Seen seen, Rendering rendering, List<ActionStep> steps) {
        if (action.forEach().isEmpty()) {
            var step = action.step(idPrefix + action.index(), rendering);
            if (step != null) {
                steps.add(step);
            }
            return;
        }
        var items = rendering.value(action.field() + ".forEach", action.forEach().get());
        if (items == null) {
            return;
        }
        if (!items.isArray()) {
            rendering.fail(action.field() + ".forEach", "expression \"" + action.forEach().get().source() + "\" gave "
                    + CompiledAction.brief(items) + ", but must give a list");
        } else if (items.size() > MOST_ITEMS) {
            rendering.fail(action.field() + ".forEach", "expression \"" + action.forEach().get().source()
                    + "\" gave a list of " + items.size() + "; the limit is " + MOST_ITEMS);
        } else {
            var id = idPrefix + action.index();
            var ofItems = new ArrayList<ActionStep>();
            for (int i = 0; i < items.size(); i++) {
                var step = action.step(id + "." + i, rendering.in(seen.scope(items.get(i), i)));
                if (step != null) {
                    ofItems.add(step);
                }
            }
            var all = action.pruning().isPresent()
                    ? action.pruning().get().steps(action, id, ofItems, rendering)
                    : ofItems;
            steps.addAll(all == null ? ofItems : all);
        }
    }
}
