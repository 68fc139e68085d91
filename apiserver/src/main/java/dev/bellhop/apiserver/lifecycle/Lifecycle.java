package dev.bellhop.apiserver.lifecycle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.kind.CustomKinds;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.store.Change;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.watch.Watches;
import dev.bellhop.apiserver.write.Deleter;
import dev.bellhop.apiserver.write.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

/// Watches the store and does what follows from a change: kinds at once, so that the next request finds them; everything
/// else a turn later, after the change has been answered.
public final class Lifecycle {

    private static final String DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
    private static final Duration EVENT_LIFE = Duration.ofHours(1);

    private final Store store;
    private final Catalog catalog;
    private final Watches watches;
    private final Deleter deleter;
    private final Executor later;
    private final GarbageCollector collector;

    public Lifecycle(Store store, Catalog catalog, Watches watches, Deleter deleter, Executor later) {
        this.store = store;
        this.catalog = catalog;
        this.watches = watches;
        this.deleter = deleter;
        this.later = later;
        this.collector = new GarbageCollector(store, catalog, deleter);
    }

    public void start() {
        store.onChange(this::follow);
    }

    /// Removes Events older than an hour, as a real server does.
    public void forgetOldEvents() {
        Instant oldest = Instant.now().minus(EVENT_LIFE);
        List.copyOf(store.list("events", "")).stream()
                .filter(event -> Instant.parse(Meta.text(event, "creationTimestamp")).isBefore(oldest))
                .forEach(event -> store.remove("events", Store.Key.of(event)));
    }

    private void follow(String storage, Change change) {
        if (storage.equals(DEFINITIONS)) {
            define(change);
        }
        collector.book(storage, change);
        boolean ending = change.kind() == Change.Kind.DELETED || Meta.isBeingDeleted(change.object());
        if (ending || collector.mayBeOrphan(change)) {
            later.execute(() -> settle(storage, change));
        }
    }

    private void settle(String storage, Change change) {
        collector.settle(storage, change);
        if (storage.equals(DEFINITIONS) && change.kind() != Change.Kind.DELETED) {
            endDefinition(change.object());
        } else if (storage.equals("namespaces") && change.kind() != Change.Kind.DELETED) {
            endNamespace(Meta.name(change.object()));
        } else if (change.kind() == Change.Kind.DELETED) {
            String namespace = Meta.namespace(change.object());
            if (!namespace.isEmpty()) {
                endNamespace(namespace);
            }
            definition(storage).ifPresent(this::endDefinition);
        }
    }

    private void define(Change change) {
        String group = change.object().path("spec").path("group").asText();
        String plural = change.object().path("spec").path("names").path("plural").asText();
        List<ResourceType> old = catalog.groups().stream().filter(one -> one.name().equals(group))
                .flatMap(one -> one.versions().stream())
                .flatMap(version -> catalog.find(group, version, plural).stream())
                .toList();
        catalog.remove(group, plural);
        if (change.kind() == Change.Kind.DELETED) {
            old.forEach(watches::closeAll);
        } else {
            CustomKinds.of(change.object()).forEach(catalog::add);
        }
    }

    /// Takes a namespace's content along, and the namespace when it is empty.
    private void endNamespace(String name) {
        var namespace = store.get("namespaces", new Store.Key("", name)).filter(Meta::isBeingDeleted);
        if (namespace.isEmpty()) {
            return;
        }
        boolean empty = true;
        for (ResourceType type : List.copyOf(catalog.stored())) {
            if (type.namespaced()) {
                deleteAll(type, name);
                empty &= store.list(type.storage(), name).isEmpty();
            }
        }
        var still = store.get("namespaces", new Store.Key("", name));
        if (empty && still.isPresent() && Meta.finalizers(still.get()).isEmpty()) {
            store.remove("namespaces", new Store.Key("", name));
        }
    }

    private void endDefinition(ObjectNode definition) {
        if (!Meta.isBeingDeleted(definition)) {
            return;
        }
        List<ResourceType> types = CustomKinds.of(definition);
        types.stream().findFirst().ifPresent(type -> deleteAll(type, ""));
        boolean empty = types.stream().allMatch(type -> store.list(type.storage(), "").isEmpty());
        if (empty && Meta.finalizers(definition).isEmpty()) {
            store.remove(DEFINITIONS, Store.Key.of(definition));
        }
    }

    private java.util.Optional<ObjectNode> definition(String storage) {
        return store.get(DEFINITIONS, new Store.Key("", storage));
    }

    private void deleteAll(ResourceType type, String namespace) {
        for (ObjectNode object : List.copyOf(store.list(type.storage(), namespace))) {
            if (!Meta.isBeingDeleted(object)) {
                deleter.delete(new Target(type, Meta.namespace(object), Meta.name(object), ""),
                        Deleter.Options.BACKGROUND);
            }
        }
    }
}
