package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.action.KubernetesAction;
import dev.bellhop.api.action.PatchSpec;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Cluster.Content;
import dev.bellhop.spi.action.Cluster.Method;

/// `kubernetes`: creates, applies, patches, updates or deletes one object.
final class KubernetesType extends TypedAction<KubernetesAction> {
    /// How often an update that lost a race is done again on what is there then.
    private static final int RACES = 5;

    KubernetesType() {
        super("kubernetes", "Creates, applies, patches, updates or deletes an object of the cluster, of any kind.",
                KubernetesAction.class);
    }

    @Override
    ActionResult act(KubernetesAction spec, ActionContext context) throws IOException {
        if (!(spec.object() instanceof ObjectNode object)) {
            return Failed.lasting("kubernetes.object is no object");
        }
        var operation = Objects.requireNonNullElse(spec.operation(), "");
        if (Boolean.TRUE.equals(spec.owner()) && !operation.equals("delete") && !operation.equals("patch")) {
            var problem = Owner.own(object, context);
            if (problem.isPresent()) {
                return Failed.lasting(problem.get());
            }
        }
        if (operation.equals("create")) {
            return context.cluster().create(object, "");
        }
        return switch (Target.of(object, context)) {
            case Target.Found.Nowhere(var why) -> why;
            case Target.Found.At(var target) -> switch (operation) {
                case "apply" -> apply(target, object, spec, context);
                case "patch" -> patch(target, object, spec, context);
                case "update" -> update(target, object, spec, context);
                case "delete" -> delete(target, spec, context);
                default -> Failed.lasting("kubernetes.operation '" + operation
                        + "' must be one of create, apply, patch, update, delete");
            };
        };
    }

    /// Has Bellhop's labels but for the event's id: an event that changes nothing must not change the object.
    private static ActionResult apply(Target target, ObjectNode object, KubernetesAction spec, ActionContext context)
            throws IOException {
        target.complete(object);
        var problem = Ownership.label(object, context);
        if (problem.isPresent()) {
            return Failed.lasting(target + ": " + problem.get());
        }
        if (spec.pruneBy() != null) {
            Ownership.mark(object, spec.pruneBy(), context);
        }
        object.withObjectProperty("metadata").remove("managedFields");
        var query = "?fieldManager=" + manager(spec, context) + "&force="
                + !Boolean.FALSE.equals(spec.force());
        var answer = context.cluster().ask(Method.PATCH, target.path() + query,
                Optional.of(new Content("application/apply-patch+yaml", object)));
        if (answer.status() == 409 && Boolean.FALSE.equals(spec.force())) {
            return Failed.lasting(target.failed("applying", answer, context).why());
        }
        return answer.isGood()
                ? Done.of(target.effect("applied", answer.body()))
                : target.failed("applying", answer, context);
    }

    private static ActionResult patch(Target target, ObjectNode object, KubernetesAction spec, ActionContext context)
            throws IOException {
        var patch = Objects.requireNonNullElse(spec.patch(), new PatchSpec(null, null));
        var type = Objects.requireNonNullElse(patch.type(), "merge");
        var media = switch (type) {
            case "merge" -> "application/merge-patch+json";
            case "json" -> "application/json-patch+json";
            case "strategic" -> "application/strategic-merge-patch+json";
            default -> "";
        };
        JsonNode data = patch.data() == null || patch.data().isNull() ? object : patch.data();
        if (media.isEmpty()) {
            return Failed.lasting("kubernetes.patch.type '" + type + "' must be one of merge, json, strategic");
        }
        if (type.equals("json") != data.isArray()) {
            return Failed.lasting("kubernetes.patch.data must be " + (type.equals("json")
                    ? "a list of operations"
                    : "an object"));
        }
        var path = target.path() + "?fieldManager=" + manager(spec, context);
        var answer = context.cluster().ask(Method.PATCH, path, Optional.of(new Content(media, data)));
        if (answer.status() == 404 && Boolean.TRUE.equals(spec.createIfMissing())) {
            if (context.cluster().create(object, "") instanceof Failed failed) {
                return failed;
            }
            answer = context.cluster().ask(Method.PATCH, path, Optional.of(new Content(media, data)));
        }
        return answer.isGood()
                ? Done.of(target.effect("patched", answer.body()))
                : target.failed("patching", answer, context);
    }

    /// Replaces what is there. An object that names no resourceVersion is meant to win over whoever changes it meanwhile.
    private static ActionResult update(Target target, ObjectNode object, KubernetesAction spec, ActionContext context)
            throws IOException {
        target.complete(object);
        var problem = Ownership.label(object, context);
        if (problem.isPresent()) {
            return Failed.lasting(target + ": " + problem.get());
        }
        if (spec.pruneBy() != null) {
            Ownership.mark(object, spec.pruneBy(), context);
        }
        boolean names = object.path("metadata").hasNonNull("resourceVersion");
        for (int race = 1;; race++) {
            var there = context.cluster().ask(Method.GET, target.path(), Optional.empty());
            if (there.status() == 404 && Boolean.TRUE.equals(spec.createIfMissing())) {
                return context.cluster().create(object, "");
            }
            if (!there.isGood()) {
                return target.failed("reading", there, context);
            }
            if (!names) {
                object.withObjectProperty("metadata").set("resourceVersion",
                        there.body().path("metadata").path("resourceVersion"));
            }
            var answer = context.cluster().ask(Method.PUT,
                    target.path() + "?fieldManager=" + manager(spec, context), Optional.of(Content.json(object)));
            if (answer.isGood()) {
                return Done.of(target.effect("updated", answer.body()));
            }
            if (answer.status() != 409 || names || race == RACES) {
                return target.failed("updating", answer, context);
            }
        }
    }

    private static ActionResult delete(Target target, KubernetesAction spec, ActionContext context)
            throws IOException {
        var answer = Ownership.delete(target, Optional.empty(), context);
        if (answer.status() == 404) {
            return Boolean.FALSE.equals(spec.ignoreNotFound())
                    ? Failed.lasting(target + " does not exist")
                    : Target.skipped(target, "does not exist");
        }
        return answer.isGood()
                ? Done.of(target.effect("deleted", answer.body()))
                : target.failed("deleting", answer, context);
    }

    private static String manager(KubernetesAction spec, ActionContext context) {
        var manager = Objects.requireNonNullElseGet(spec.fieldManager(), () -> "bellhop-" + context.trigger());
        return URLEncoder.encode(manager.length() > 128 ? manager.substring(0, 128) : manager,
                StandardCharsets.UTF_8);
    }
}
