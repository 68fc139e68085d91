package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.auth.RoleGuard;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.patch.Patch;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.write.Deleter;
import dev.bellhop.apiserver.write.Target;
import dev.bellhop.apiserver.write.Versions;
import dev.bellhop.apiserver.write.WriteOptions;
import dev.bellhop.apiserver.write.Writer;
import dev.bellhop.apiserver.write.Written;
import java.util.List;
import java.util.Optional;

/// Answers what is asked about objects.
public final class ObjectDesk {

    private final Catalog catalog;
    private final Authorizer authorizer;
    private final Store store;
    private final Writer writer;
    private final Deleter deleter;
    private final ReviewDesk reviews;
    private final Lists lists;
    private final RoleGuard roles;

    public ObjectDesk(Catalog catalog, Authorizer authorizer, Store store, Writer writer, Deleter deleter,
            ReviewDesk reviews) {
        this.catalog = catalog;
        this.authorizer = authorizer;
        this.store = store;
        this.writer = writer;
        this.deleter = deleter;
        this.reviews = reviews;
        this.lists = new Lists(store);
        this.roles = new RoleGuard(authorizer);
    }

    Reply answer(Call call, ResourcePath path) {
        Located located = Located.allowed(call, path, catalog, authorizer);
        Target target = located.target();
        if (target.type().isReview()) {
            return located.verb() == Verb.CREATE
                    ? reviews.review(call, target)
                    : Reply.of(Refusal.methodNotAllowed());
        }
        return switch (located.verb()) {
            case GET -> get(call, target);
            case LIST, WATCH -> Reply.json(200, lists.list(call, target));
            case CREATE -> create(call, target);
            case UPDATE -> update(call, target);
            case PATCH -> patch(call, target);
            case DELETE -> delete(call, target);
            case DELETECOLLECTION -> deleteCollection(call, target);
        };
    }

    private Reply get(Call call, Target target) {
        ObjectNode object = store.get(target.type().storage(), target.key())
                .orElseThrow(() -> Refusal.notFound(target.type(), target.name()));
        return Reply.json(200, View.of(call).one(Versions.shown(object, target.type()), target.type(),
                call.parameter("includeObject")));
    }

    private Reply create(Call call, Target target) {
        if (!target.subresource().isEmpty()) {
            return reviews.createSubresource(call, target);
        }
        if (!target.name().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        ObjectNode body = Bodies.object(call);
        roles.requireHeld(call.user(), target.type(), target.namespace(), body, Optional.empty());
        return written(call, target, writer.create(target, body, options(call, "")));
    }

    private Reply update(Call call, Target target) {
        ObjectNode body = Bodies.object(call);
        roles.requireHeld(call.user(), target.type(), target.namespace(), body,
                store.get(target.type().storage(), target.key()));
        return written(call, target, writer.update(target, body, options(call, "")));
    }

    private Reply patch(Call call, Target target) {
        Patch patch = Bodies.patch(call, target.type().custom());
        if (patch instanceof Patch.Apply && call.parameter("fieldManager").isEmpty()) {
            throw Refusal
                    .unprocessable("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required"
                            + " for apply patch");
        }
        if (roles.guards(call.user(), target.type())) {
            ObjectNode wouldBe = writer.patch(target, patch, options(call, "All")).object();
            roles.requireHeld(call.user(), target.type(), target.namespace(), wouldBe,
                    store.get(target.type().storage(), target.key()));
        }
        return written(call, target, writer.patch(target, patch, options(call, "")));
    }

    private Reply delete(Call call, Target target) {
        if (!target.subresource().isEmpty()) {
            throw Refusal.methodNotAllowed();
        }
        Deleter.Deleted deleted = deleter.delete(target, deleteOptions(call));
        boolean showsObject = !deleted.gone() || (target.type().is("", "pods") || target.type().is("", "namespaces"));
        return Reply.json(200, showsObject ? deleted.object() : success(target, deleted.object()));
    }

    private Reply deleteCollection(Call call, Target target) {
        List<ObjectNode> selected = List.copyOf(lists.selected(call, target));
        Deleter.Options options = deleteOptions(call);
        selected.forEach(object -> deleter
                .delete(target.in(Meta.namespace(object)).named(Meta.name(object)), options));
        return Reply.json(200, View.WHOLE.list(selected, target.type(),
                Json.object().put("resourceVersion", Long.toString(store.revision())), ""));
    }

    private static Reply written(Call call, Target target, Written written) {
        return Reply.json(written.created() ? 201 : 200,
                View.of(call).one(written.object(), target.type(), call.parameter("includeObject")),
                written.warnings());
    }

    private static ObjectNode success(Target target, ObjectNode deleted) {
        ResourceType type = target.type();
        ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        ObjectNode details = status.putObject("details").put("name", target.name());
        if (!type.group().isEmpty()) {
            details.put("group", type.group());
        }
        details.put("kind", type.plural()).put("uid", Meta.uid(deleted));
        return status;
    }

    private static WriteOptions options(Call call, String dryRun) {
        String asked = dryRun + call.parameter("dryRun");
        if (!asked.isEmpty() && !asked.startsWith("All")) {
            throw Refusal.badRequest("dryRun '" + asked + "' is not supported, only 'All'");
        }
        String manager = call.parameter("fieldManager").isEmpty()
                ? call.header("user-agent").orElse("unknown").split("/", 2)[0]
                : call.parameter("fieldManager");
        var unknown = switch (call.parameter("fieldValidation")) {
            case "Strict" -> WriteOptions.UnknownFields.STRICT;
            case "Ignore" -> WriteOptions.UnknownFields.IGNORE;
            case "Warn", "" -> WriteOptions.UnknownFields.WARN;
            default -> throw Refusal.badRequest("fieldValidation '" + call.parameter("fieldValidation")
                    + "' is not one of Ignore, Warn, Strict");
        };
        return new WriteOptions(!asked.isEmpty(), manager.substring(0, Math.min(128, manager.length())), unknown);
    }

    private static Deleter.Options deleteOptions(Call call) {
        ObjectNode body = Bodies.objectOrEmpty(call);
        boolean orphan = body.path("orphanDependents").asBoolean(call.flag("orphanDependents"));
        return new Deleter.Options(!call.parameter("dryRun").isEmpty() || !body.path("dryRun").isEmpty(),
                body.path("propagationPolicy").asText(
                        call.parameter("propagationPolicy").isEmpty() && orphan
                                ? "Orphan"
                                : call.parameter("propagationPolicy")),
                body.path("preconditions").path("uid").asText(""),
                body.path("preconditions").path("resourceVersion").asText(""));
    }
}
