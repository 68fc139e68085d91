package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Cluster.Method;

/// `whenFalse: delete`: deletes an object that this Trigger made, and leaves alone what others made.
final class RemoveMade extends TypedAction<KubernetesAction> {
    RemoveMade() {
        super("kubernetes", "Deletes the object that the Trigger made earlier.", KubernetesAction.class);
    }

    @Override
    ActionResult act(KubernetesAction spec, ActionContext context) throws IOException {
        if (!(spec.object() instanceof ObjectNode object)) {
            return Failed.lasting("kubernetes.object is no object");
        }
        return switch (Target.of(object, context)) {
            case Target.Found.Nowhere(var why) -> why;
            case Target.Found.At(var target) -> remove(target, context);
        };
    }

    private static ActionResult remove(Target target, ActionContext context) throws IOException {
        var there = context.cluster().ask(Method.GET, target.path(), Optional.empty());
        if (there.status() == 404) {
            return Target.skipped(target, "does not exist");
        }
        if (!there.isGood()) {
            return target.failed("reading", there, context);
        }
        if (!Ownership.isMadeBy(there.body(), context)) {
            return Target.skipped(target, "was not made by this Trigger");
        }
        var uid = there.body().path("metadata").path("uid").asText();
        var answer = Ownership.delete(target, Optional.of(uid), context);
        return answer.isGood() || answer.status() == 404 || answer.status() == 409
                ? Done.of(target.effect("deleted", there.body()))
                : target.failed("deleting", answer, context);
    }
}
