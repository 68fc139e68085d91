package dev.bellhop.apiserver.lifecycle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.store.Change;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.write.Deleter;
import dev.bellhop.apiserver.write.Target;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets objects go when the last of their owners has.
final class GarbageCollector {

    private record Place(String storage, Store.Key key) {}

    private final Store store;
    private final Catalog catalog;
    private final Deleter deleter;
    private final Set<String> living = new HashSet<>();
    private final Map<String, Set<Place>> ownedBy = new HashMap<>();

    GarbageCollector(Store store, Catalog catalog, Deleter deleter) {
        this.store = store;
        this.catalog = catalog;
        this.deleter = deleter;
    }

    /// Keeps the books of who lives and who owns what.
    void book(String storage, Change change) {
        var place = new Place(storage, Store.Key.of(change.object()));
        if (change.previous() != null) {
            owners(change.previous()).forEach(owner -> {
                Set<Place> owned = ownedBy.getOrDefault(owner, new HashSet<>());
                owned.remove(place);
                if (owned.isEmpty()) {
                    ownedBy.remove(owner);
                }
            });
        }
        if (change.kind() == Change.Kind.DELETED) {
            living.remove(Meta.uid(change.object()));
        } else {
            living.add(Meta.uid(change.object()));
            owners(change.object())
                    .forEach(owner -> ownedBy.computeIfAbsent(owner, _ -> new LinkedHashSet<>()).add(place));
        }
    }

    /// Whether an object names owners of whom none lives.
    boolean mayBeOrphan(Change change) {
        return change.kind() != Change.Kind.DELETED && isOrphan(change.object());
    }

    void settle(String storage, Change change) {
        String uid = Meta.uid(change.object());
        if (change.kind() == Change.Kind.DELETED) {
            owned(uid).forEach(place -> store.get(place.storage, place.key).filter(this::isOrphan)
                    .ifPresent(orphan -> delete(place, orphan)));
            change.object().path("metadata").path("ownerReferences")
                    .forEach(reference -> releaseOwner(change.object(), reference));
            return;
        }
        var current = store.get(storage, Store.Key.of(change.object())).filter(now -> Meta.uid(now).equals(uid));
        if (current.isEmpty()) {
            return;
        }
        if (isOrphan(current.get())) {
            delete(new Place(storage, Store.Key.of(change.object())), current.get());
        } else if (Meta.finalizers(current.get()).contains(Deleter.ORPHAN)) {
            owned(uid).forEach(place -> disown(place, uid));
            removeFinalizer(storage, current.get(), Deleter.ORPHAN);
        } else if (Meta.finalizers(current.get()).contains(Deleter.FOREGROUND)) {
            owned(uid).forEach(place -> store.get(place.storage, place.key).ifPresent(owned -> delete(place, owned)));
            if (owned(uid).isEmpty()) {
                removeFinalizer(storage, current.get(), Deleter.FOREGROUND);
            }
        }
    }

    private boolean isOrphan(ObjectNode object) {
        List<String> owners = owners(object);
        return !owners.isEmpty() && owners.stream().noneMatch(living::contains);
    }

    private List<Place> owned(String uid) {
        return List.copyOf(ownedBy.getOrDefault(uid, Set.of()));
    }

    private void delete(Place place, ObjectNode object) {
        if (!Meta.isBeingDeleted(object)) {
            type(place.storage).ifPresent(type -> deleter.delete(
                    new Target(type, place.key.namespace(), place.key.name(), ""), Deleter.Options.BACKGROUND));
        }
    }

    private void disown(Place place, String uid) {
        store.get(place.storage, place.key).ifPresent(owned -> {
            ObjectNode free = owned.deepCopy();
            ArrayNode references = Json.array();
            free.path("metadata").path("ownerReferences").forEach(reference -> {
                if (!reference.path("uid").asText().equals(uid)) {
                    references.add(reference);
                }
            });
            Meta.in(free).set("ownerReferences", references);
            if (references.isEmpty()) {
                Meta.in(free).remove("ownerReferences");
            }
            store.put(place.storage, free);
        });
    }

    /// An owner that waits in the foreground goes with the last of what it owns.
    private void releaseOwner(ObjectNode gone, JsonNode reference) {
        String uid = reference.path("uid").asText();
        if (!ownedBy.getOrDefault(uid, Set.of()).isEmpty()) {
            return;
        }
        catalog.findKind(reference.path("apiVersion").asText(), reference.path("kind").asText())
                .ifPresent(type -> store
                        .get(type.storage(),
                                new Store.Key(type.namespaced() ? Meta.namespace(gone) : "",
                                        reference.path("name").asText()))
                        .filter(owner -> Meta.uid(owner).equals(uid)
                                && Meta.finalizers(owner).contains(Deleter.FOREGROUND))
                        .ifPresent(owner -> removeFinalizer(type.storage(), owner, Deleter.FOREGROUND)));
    }

    private void removeFinalizer(String storage, ObjectNode object, String finalizer) {
        List<String> rest = Meta.finalizers(object).stream().filter(one -> !one.equals(finalizer)).toList();
        if (rest.isEmpty()) {
            store.remove(storage, Store.Key.of(object));
        } else {
            ObjectNode released = object.deepCopy();
            Meta.setFinalizers(released, rest);
            store.put(storage, released);
        }
    }

    private java.util.Optional<ResourceType> type(String storage) {
        return catalog.stored().stream().filter(type -> type.storage().equals(storage)).findFirst();
    }

    private static List<String> owners(JsonNode object) {
        JsonNode references = object.path("metadata").path("ownerReferences");
        if (references.isEmpty()) {
            return List.of();
        }
        var owners = new java.util.ArrayList<String>();
        references.forEach(reference -> owners.add(reference.path("uid").asText()));
        return owners;
    }
}
