package dev.bellhop.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Meta;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// All objects, by storage name, namespace and name. Objects handed in belong to the store from then on.
public final class Store {

    /// Where an object is; sorts as etcd does.
    public record Key(String namespace, String name) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::namespace).thenComparing(Key::name);

        public static Key of(ObjectNode object) {
            return new Key(Meta.namespace(object), Meta.name(object));
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private final Map<String, NavigableMap<Key, ObjectNode>> objects = new HashMap<>();
    private final Map<String, History> histories = new HashMap<>();
    private final CopyOnWriteArrayList<BiConsumer<String, Change>> listeners = new CopyOnWriteArrayList<>();
    private long revision = 1;

    /// The number of the last change.
    public long revision() {
        return revision;
    }

    public Optional<ObjectNode> get(String storage, Key key) {
        return Optional.ofNullable(in(storage).get(key));
    }

    /// The objects of one namespace, or of all when it is empty, in order.
    public Collection<ObjectNode> list(String storage, String namespace) {
        NavigableMap<Key, ObjectNode> all = in(storage);
        return namespace.isEmpty() ? all.values() : within(all, namespace).values();
    }

    /// Stores an object, new or changed, with the next revision.
    public ObjectNode put(String storage, ObjectNode object) {
        revision++;
        Meta.in(object).put("resourceVersion", Long.toString(revision));
        ObjectNode previous = in(storage).put(Key.of(object), object);
        tell(storage, new Change(previous == null ? Change.Kind.ADDED : Change.Kind.MODIFIED, object, previous,
                revision));
        return object;
    }

    /// Removes an object and gives its last state.
    public Optional<ObjectNode> remove(String storage, Key key) {
        ObjectNode removed = in(storage).remove(key);
        if (removed == null) {
            return Optional.empty();
        }
        revision++;
        ObjectNode last = removed.deepCopy();
        Meta.in(last).put("resourceVersion", Long.toString(revision));
        tell(storage, new Change(Change.Kind.DELETED, last, removed, revision));
        return Optional.of(last);
    }

    /// The recent changes of one kind, for a watch that begins in the past.
    public History history(String storage) {
        return histories.computeIfAbsent(storage, _ -> new History());
    }

    /// Tells every later change, at once and in order.
    public void onChange(BiConsumer<String, Change> listener) {
        listeners.add(listener);
    }

    private void tell(String storage, Change change) {
        history(storage).add(change);
        listeners.forEach(listener -> listener.accept(storage, change));
    }

    private NavigableMap<Key, ObjectNode> in(String storage) {
        return objects.computeIfAbsent(storage, _ -> new TreeMap<>());
    }

    private static NavigableMap<Key, ObjectNode> within(NavigableMap<Key, ObjectNode> all, String namespace) {
        // A NUL sorts before any character of a namespace's name.
        return all.subMap(new Key(namespace, ""), true, new Key(namespace + "\0", ""), false);
    }
}
