package dev.bellhop.listener.action;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.action.ActionStep;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionType;
import dev.bellhop.spi.action.Effect;

/// Carries out the steps of a delivery, in order, each once it is known that the one before is done; the next try goes on where
/// this one stopped.
public final class ActionRunner {
    /// Marks what a step has told of before it was done.
    private static final String UNFINISHED = "~";

    private final ApiConnection api;
    private final Discovery discovery;
    private final ObjectCreator creator;
    private final Clock clock;
    private final boolean clusterScopedAllowed;
    private final Map<String, ActionType> types;
    private final ActionType remover;
    private final ActionType pruner;

    /// `types` are the kinds of action by name; `remover` carries out `whenFalse: delete`, `pruner` `prune: true`.
    public ActionRunner(ApiConnection api, ObjectCreator creator, Clock clock, boolean clusterScopedAllowed,
            Map<String, ActionType> types, ActionType remover, ActionType pruner) {
        this.api = api;
        this.discovery = new Discovery(api, clock);
        this.creator = creator;
        this.clock = clock;
        this.clusterScopedAllowed = clusterScopedAllowed;
        this.types = Map.copyOf(types);
        this.remover = remover;
        this.pruner = pruner;
    }

    /// What there is to do.
    ///
    /// @param ownNamespaceOnly whether the rights are borrowed, and reach no further
    public record Steps(List<ActionStep> steps, Event event, boolean ownNamespaceOnly) {}

    /// Carries `steps` out on behalf of `order`. `soFar` is what this and earlier tries did, the objects of the template first.
    /// Tells `progress` of everything but the end as soon as it is done. Blocks.
    public Result run(Order order, Steps steps, List<ObjectRef> soFar, Consumer<List<ObjectRef>> progress)
            throws InterruptedException {
        var done = new ArrayList<>(soFar);
        List<ObjectRef> told = List.of();
        for (var step : steps.steps()) {
            if (done.stream().anyMatch(ref -> step.id().equals(ref.step()))) {
                continue;
            }
            if (!done.equals(told)) {
                told = List.copyOf(done);
                progress.accept(told);
            }
            switch (run(order, steps, step, done, progress)) {
                case ActionResult.Done(var effects) -> finish(step, effects, done);
                case ActionResult.Skipped(var why) ->
                    finish(step, List.of(Effect.outside("skipped", step.kind(), why)), done);
                case ActionResult.Failed(var why, var retryable, var after) -> {
                    return new Result.Failed(List.copyOf(done), step.label() + ": " + why, retryable, after);
                }
            }
        }
        return new Result.Created(List.copyOf(done));
    }

    private ActionResult run(Order order, Steps steps, ActionStep step, List<ObjectRef> done,
            Consumer<List<ObjectRef>> progress) throws InterruptedException {
        return switch (step.doing()) {
            case Doing.Skip() -> new ActionResult.Skipped("`when` is false");
            case Doing.Remove(var spec) -> run(remover, spec, order, steps, step, done, progress);
            case Doing.Prune(var spec) -> run(pruner, spec, order, steps, step, done, progress);
            case Doing.Run(var spec) -> {
                var type = types.get(step.kind());
                yield type == null
                        ? ActionResult.Failed.lasting("this listener has no action of kind " + step.kind())
                        : run(type, spec, order, steps, step, done, progress);
            }
        };
    }

    private ActionResult run(ActionType type, ObjectNode spec, Order order, Steps steps, ActionStep step,
            List<ObjectRef> done, Consumer<List<ObjectRef>> progress) throws InterruptedException {
        var unfinished = step.id() + UNFINISHED;
        var earlier = done.stream().filter(ref -> unfinished.equals(ref.step())).map(ActionRunner::effect).toList();
        var cluster = new ActingCluster(api, discovery, creator, order,
                new ActingCluster.Reach(steps.ownNamespaceOnly(), clusterScopedAllowed), step.id());
        var context = new StepContext(order, steps.event(), step.id(), cluster, clock, earlier, effects -> {
            done.removeIf(ref -> unfinished.equals(ref.step()));
            effects.forEach(effect -> done.add(ref(unfinished, effect)));
            progress.accept(List.copyOf(done));
        });
        try {
            return type.run(spec, context);
        } catch (IOException e) {
            return ActionResult.Failed.passing(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private static void finish(ActionStep step, List<Effect> effects, List<ObjectRef> done) {
        done.removeIf(ref -> (step.id() + UNFINISHED).equals(ref.step()));
        if (effects.isEmpty()) {
            done.add(ref(step.id(), Effect.outside("skipped", step.kind(), "nothing to do")));
        }
        effects.forEach(effect -> done.add(ref(step.id(), effect)));
    }

    private static ObjectRef ref(String step, Effect effect) {
        return new ObjectRef(effect.apiVersion(), effect.kind(), effect.namespace(), effect.name(), effect.uid(), step,
                effect.verb().equals("created") ? null : effect.verb());
    }

    private static Effect effect(ObjectRef ref) {
        return new Effect(Objects.requireNonNullElse(ref.verb(), "created"), ref.apiVersion(), ref.kind(),
                ref.namespace(), ref.name(), ref.uid());
    }
}
