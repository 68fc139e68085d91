package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Deletes objects: at once, or, when finalizers hold them, by marking them.
public final class Deleter {

    /// How to delete.
    ///
    /// @param propagation `Background`, `Foreground` or `Orphan`: what happens to the objects it owns
    public record Options(boolean dryRun, String propagation, String uid, String resourceVersion) {

        public static final Options BACKGROUND = new Options(false, "Background", "", "");
    }

    /// What is left of it: the last state when it is gone, the marked object when finalizers hold it.
    public record Deleted(ObjectNode object, boolean gone) {}

    public static final String FOREGROUND = "foregroundDeletion";
    public static final String ORPHAN = "orphan";

    private final Store store;

    public Deleter(Store store) {
        this.store = store;
    }

    public Deleted delete(Target target, Options options) {
        ResourceType type = target.type();
        ObjectNode object = store.get(type.storage(), target.key()).orElseThrow(target::notFound);
        requirePreconditions(target, object, options);
        if (type.is("", "namespaces") && List.of("default", "kube-system", "kube-public").contains(target.name())) {
            throw Refusal.forbidden(type, target.name(), "this namespace may not be deleted");
        }
        List<String> finalizers = finalizers(object, options);
        boolean gone = finalizers.isEmpty() && mayGo(object, type);
        if (options.dryRun()) {
            return new Deleted(Versions.shown(object, type), gone);
        }
        if (gone) {
            return new Deleted(
                    Versions.shown(store.remove(type.storage(), target.key()).orElseThrow(target::notFound), type),
                    true);
        }
        return new Deleted(Versions.shown(mark(object, type, finalizers), type), false);
    }

    /// Whether nothing but finalizers would hold the object; of a namespace, its content does.
    static boolean mayGo(ObjectNode object, ResourceType type) {
        return (!type.is("", "namespaces") && !type.is("apiextensions.k8s.io", "customresourcedefinitions"))
                || (type.is("", "namespaces") && Meta.isBeingDeleted(object)
                        && object.path("spec").path("finalizers").isEmpty());
    }

    private ObjectNode mark(ObjectNode object, ResourceType type, List<String> finalizers) {
        if (Meta.isBeingDeleted(object) && Meta.finalizers(object).equals(finalizers)) {
            return object;
        }
        ObjectNode marked = object.deepCopy();
        Meta.setFinalizers(marked, finalizers);
        if (!Meta.isBeingDeleted(object)) {
            Meta.in(marked).put("deletionTimestamp", Meta.now()).put("deletionGracePeriodSeconds", 0);
            if (type.generation() || type.custom()) {
                Meta.in(marked).put("generation", object.path("metadata").path("generation").asLong(0) + 1);
            }
        }
        if (type.is("", "namespaces")) {
            Admission.orPut(marked, "status").put("phase", "Terminating");
        }
        return store.put(type.storage(), marked);
    }

    private static List<String> finalizers(ObjectNode object, Options options) {
        var finalizers = new ArrayList<>(Meta.finalizers(object));
        finalizers.removeAll(List.of(FOREGROUND, ORPHAN));
        Optional<String> asked = switch (options.propagation()) {
            case "Foreground" -> Optional.of(FOREGROUND);
            case "Orphan" -> Optional.of(ORPHAN);
            default -> Optional.empty();
        };
        asked.ifPresent(finalizers::add);
        return finalizers;
    }

    private static void requirePreconditions(Target target, JsonNode object, Options options) {
        if (!options.uid().isEmpty() && !options.uid().equals(Meta.uid(object))) {
            throw Refusal.conflict(target.type(), target.name(), "Precondition failed: UID in precondition: "
                    + options.uid() + ", UID in object meta: " + Meta.uid(object));
        }
        if (!options.resourceVersion().isEmpty()
                && !options.resourceVersion().equals(Meta.resourceVersion(object))) {
            throw Refusal.conflict(target.type(), target.name(),
                    "Precondition failed: ResourceVersion in precondition: " + options.resourceVersion()
                            + ", ResourceVersion in object meta: " + Meta.resourceVersion(object));
        }
    }
}
