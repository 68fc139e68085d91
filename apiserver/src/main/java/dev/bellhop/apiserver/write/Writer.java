package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.fields.Ownership;
import dev.bellhop.apiserver.fields.ServerSideApply;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.patch.Patch;
import dev.bellhop.apiserver.schema.Cause;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Creates, updates and patches objects.
public final class Writer {

    private final Store store;
    private final Uids uids;

    public Writer(Store store, Uids uids) {
        this.store = store;
        this.uids = uids;
    }

    public Written create(Target target, ObjectNode body, WriteOptions options) {
        ResourceType type = target.type();
        ObjectNode object = body.deepCopy();
        requireKind(object, type);
        takeNamespace(object, target);
        if (!Meta.resourceVersion(object).isEmpty()) {
            throw Refusal.badRequest("resourceVersion should not be set on objects to be created");
        }
        boolean generated = Meta.name(object).isEmpty() && !Meta.text(object, "generateName").isEmpty();
        if (generated) {
            Meta.in(object).put("name", Names.generate(Meta.text(object, "generateName")));
        }
        Target created = target.named(Meta.name(object));
        if (created.name().isEmpty()) {
            throw Refusal.invalid(type, "",
                    List.of(Cause.required("metadata.name", "name or generateName is required")));
        }
        requireNamespaceFor(created);
        return insert(created, object, options, generated);
    }

    private Written insert(Target target, ObjectNode object, WriteOptions options, boolean generated) {
        ResourceType type = target.type();
        if (type.has("status")) {
            object.remove("status");
        }
        List<String> warnings = Admission.admit(object, Optional.empty(), type, options);
        if (store.get(type.storage(), target.key()).isPresent()) {
            throw generated ? Refusal.tryAgain(type, target.name()) : Refusal.alreadyExists(type, target.name());
        }
        ObjectNode metadata = Meta.in(object);
        metadata.put("uid", uids.next(target).toString()).put("creationTimestamp", Meta.now());
        metadata.remove(List.of("deletionTimestamp", "deletionGracePeriodSeconds", "generation", "selfLink"));
        if (type.generation()) {
            metadata.put("generation", 1);
        }
        if (!options.manager().isEmpty()) {
            Ownership.recordNew(object, type, options.manager());
        }
        return new Written(commit(target, object, options), true, warnings);
    }

    public Written update(Target target, ObjectNode body, WriteOptions options) {
        requireKind(body, target.type());
        ObjectNode object = body.deepCopy();
        takeNamespace(object, target);
        if (!Meta.name(object).equals(target.name())) {
            throw Refusal.badRequest("the name of the object (" + Meta.name(object)
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        ObjectNode old = current(target);
        return replace(target, old, object, options, true);
    }

    public Written patch(Target target, Patch patch, WriteOptions options) {
        ResourceType type = target.type();
        Optional<ObjectNode> old = store.get(type.storage(), target.key()).map(found -> Versions.shown(found, type));
        if (patch instanceof Patch.Apply(var configuration, var force)) {
            return apply(target, old, configuration, force, options);
        }
        ObjectNode before = old.orElseThrow(target::notFound);
        ObjectNode patched = Patch.patched(before, patch, type.schema());
        if (!Meta.name(patched).equals(target.name())) {
            throw Refusal.badRequest("the name of the object (" + Meta.name(patched)
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        return replace(target, before, patched.deepCopy(), options, true);
    }

    private Written apply(Target target, Optional<ObjectNode> old, ObjectNode configuration, boolean force,
            WriteOptions options) {
        ServerSideApply.requireApplicable(configuration);
        ObjectNode applied = configuration.deepCopy();
        requireKind(applied, target.type());
        takeNamespace(applied, target);
        if (Meta.name(applied).isEmpty()) {
            Meta.in(applied).put("name", target.name());
        }
        if (!Meta.name(applied).equals(target.name())) {
            throw Refusal.badRequest("the name of the object (" + Meta.name(applied)
                    + ") does not match the name on the URL (" + target.name() + ")");
        }
        Admission.requireKnownFields(applied, target.type(), options);
        var apply = new ServerSideApply(target.type(), options.manager(), target.subresource());
        if (old.isEmpty()) {
            if (!target.subresource().isEmpty()) {
                throw target.notFound();
            }
            requireNamespaceFor(target);
            ObjectNode made = apply.apply(Json.object(), applied, force);
            return insert(target, made, new WriteOptions(options.dryRun(), "", options.unknownFields()), false);
        }
        requireFresh(target, old.get(), applied);
        ObjectNode merged = apply.apply(old.get(), applied, force).deepCopy();
        Meta.in(merged).put("resourceVersion", Meta.resourceVersion(old.get()));
        return replace(target, old.get(), merged, options, false);
    }

    /// Puts a whole object in the place of the old one.
    private Written replace(Target target, ObjectNode old, ObjectNode object, WriteOptions options, boolean book) {
        ResourceType type = target.type();
        requireFresh(target, old, object);
        Split.keepOtherHalf(target, old, object);
        keepServersMetadata(old, object);
        List<String> warnings = Admission.admit(object, Optional.of(old), type, options);
        if (type.generation() && Split.contentDiffers(old, object, type)) {
            Meta.in(object).put("generation", old.path("metadata").path("generation").asLong(0) + 1);
        }
        if (book) {
            Ownership.record(old, object, type, options.manager(), target.subresource());
        }
        if (Ownership.unchanged(old, object)) {
            return new Written(old, false, warnings);
        }
        if (Meta.isBeingDeleted(object) && Meta.finalizers(object).isEmpty() && Deleter.mayGo(object, type)) {
            if (!options.dryRun()) {
                store.remove(type.storage(), target.key());
            }
            return new Written(object, false, warnings);
        }
        return new Written(commit(target, object, options), false, warnings);
    }

    private ObjectNode commit(Target target, ObjectNode object, WriteOptions options) {
        if (options.dryRun()) {
            return object;
        }
        ObjectNode stored = store.put(target.type().storage(), Versions.stored(object, target.type()));
        return Versions.shown(stored, target.type());
    }

    private ObjectNode current(Target target) {
        return store.get(target.type().storage(), target.key()).map(found -> Versions.shown(found, target.type()))
                .orElseThrow(target::notFound);
    }

    private static void keepServersMetadata(ObjectNode old, ObjectNode object) {
        ObjectNode metadata = Meta.in(object);
        for (String field : List.of("uid", "creationTimestamp", "generation", "deletionTimestamp",
                "deletionGracePeriodSeconds", "generateName", "resourceVersion")) {
            metadata.remove(field);
            if (old.path("metadata").has(field)) {
                metadata.set(field, old.path("metadata").get(field));
            }
        }
    }

    private static void requireFresh(Target target, ObjectNode old, ObjectNode object) {
        String version = Meta.resourceVersion(object);
        if (!version.isEmpty() && !version.equals(Meta.resourceVersion(old))) {
            throw Refusal.stale(target.type(), target.name());
        }
        String uid = Meta.uid(object);
        if (!uid.isEmpty() && !uid.equals(Meta.uid(old))) {
            throw Refusal.conflict(target.type(), target.name(),
                    "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + Meta.uid(old));
        }
    }

    private static void requireKind(ObjectNode object, ResourceType type) {
        String apiVersion = object.path("apiVersion").asText("");
        String kind = object.path("kind").asText("");
        if (!apiVersion.equals(type.apiVersion()) || !kind.equals(type.kind())) {
            if (apiVersion.isEmpty() && kind.isEmpty() && !type.custom()) {
                // Real servers know what a URL takes and fill it in.
                object.put("apiVersion", type.apiVersion()).put("kind", type.kind());
                return;
            }
            throw Refusal.badRequest("the object's apiVersion and kind '" + apiVersion + ", " + kind
                    + "' do not match what the URL takes: '" + type.apiVersion() + ", " + type.kind() + "'");
        }
    }

    private static void takeNamespace(ObjectNode object, Target target) {
        String namespace = Meta.namespace(object);
        if (!target.type().namespaced()) {
            Meta.in(object).remove("namespace");
        } else if (namespace.isEmpty()) {
            Meta.in(object).put("namespace", target.namespace());
        } else if (!namespace.equals(target.namespace())) {
            throw Refusal.badRequest("the namespace of the provided object does not match the namespace sent on the"
                    + " request");
        }
    }

    private void requireNamespaceFor(Target target) {
        if (!target.type().namespaced()) {
            return;
        }
        ObjectNode namespace = store.get("namespaces", new Store.Key("", target.namespace()))
                .orElseThrow(() -> Refusal.notFound(Namespaces.TYPE, target.namespace()));
        if (Meta.isBeingDeleted(namespace)) {
            throw Refusal.forbidden(target.type(), target.name(), "unable to create new content in namespace "
                    + target.namespace() + " because it is being terminated");
        }
    }

    /// All problems of an object together.
    static void requireValid(ResourceType type, ObjectNode object, List<Cause> causes) {
        if (!causes.isEmpty()) {
            throw Refusal.invalid(type, Meta.name(object), new ArrayList<>(causes));
        }
    }
}
