package dev.bellhop.apiserver.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Change;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.write.Versions;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// All open watches. A change reaches them in the same turn of the event loop in which it happened, so nothing can slip
/// between the past that a watch replays and the present.
public final class Watches {

    /// One open watch.
    public final class Watch {
        private final WatchRequest request;
        private final Outlet outlet;

        private Watch(WatchRequest request, Outlet outlet) {
            this.request = request;
            this.outlet = outlet;
        }

        /// Ends it from our side or after the client left; more than once does nothing.
        public void close() {
            if (byStorage.getOrDefault(request.type().storage(), new LinkedHashSet<>()).remove(this)) {
                outlet.end();
            }
        }

        /// Tells how far the client has seen, where it asked for that.
        public void bookmark() {
            if (request.bookmarks()) {
                ObjectNode object = Json.object().put("kind", request.type().kind()).put("apiVersion",
                        request.type().apiVersion());
                object.putObject("metadata").put("resourceVersion", Long.toString(store.revision()))
                        .putNull("creationTimestamp");
                send("BOOKMARK", object);
            }
        }

        private void tell(Change change) {
            boolean now = request.concerns(change.object());
            boolean before = change.previous() != null && request.concerns(change.previous());
            Optional<Change.Kind> kind = switch (change.kind()) {
                case ADDED -> now ? Optional.of(Change.Kind.ADDED) : Optional.empty();
                case DELETED -> before ? Optional.of(Change.Kind.DELETED) : Optional.empty();
                case MODIFIED -> {
                    if (now) {
                        yield Optional.of(before ? Change.Kind.MODIFIED : Change.Kind.ADDED);
                    }
                    yield before ? Optional.of(Change.Kind.DELETED) : Optional.empty();
                }
            };
            kind.ifPresent(seen -> send(seen.name(),
                    request.view().apply(Versions.shown(change.object(), request.type()))));
        }

        private void send(String type, JsonNode object) {
            ObjectNode event = Json.object().put("type", type);
            event.set("object", object);
            if (!outlet.send(Json.bytes(event))) {
                close();
            }
        }
    }

    private final Store store;
    private final Map<String, Set<Watch>> byStorage = new HashMap<>();

    public Watches(Store store) {
        this.store = store;
        store.onChange(this::tell);
    }

    /// Begins a watch: the past it asks for first, then every change until closed.
    public Watch open(WatchRequest request, Outlet outlet) {
        String storage = request.type().storage();
        var watch = new Watch(request, outlet);
        byStorage.computeIfAbsent(storage, _ -> new LinkedHashSet<>()).add(watch);
        if (request.resourceVersion().isEmpty() || "0".equals(request.resourceVersion())) {
            for (ObjectNode object : store.list(storage, request.namespace())) {
                if (request.concerns(object)) {
                    watch.send(Change.Kind.ADDED.name(),
                            request.view().apply(Versions.shown(object, request.type())));
                }
            }
            return watch;
        }
        long from = revision(request.resourceVersion());
        Optional<List<Change>> past = store.history(storage).since(from);
        if (past.isEmpty()) {
            watch.send("ERROR", Refusal
                    .expired("too old resource version: " + from + " (" + store.history(storage).oldest() + ")")
                    .status());
            watch.close();
        } else {
            past.get().forEach(watch::tell);
        }
        return watch;
    }

    /// Ends every watch of a kind that is no more.
    public void closeAll(ResourceType type) {
        List.copyOf(byStorage.getOrDefault(type.storage(), Set.of())).forEach(Watch::close);
    }

    public void closeAll() {
        List.copyOf(byStorage.values()).forEach(watches -> List.copyOf(watches).forEach(Watch::close));
    }

    public void bookmarkAll() {
        List.copyOf(byStorage.values()).forEach(watches -> List.copyOf(watches).forEach(Watch::bookmark));
    }

    private void tell(String storage, Change change) {
        Set<Watch> watches = byStorage.get(storage);
        if (watches != null && !watches.isEmpty()) {
            List.copyOf(watches).forEach(watch -> watch.tell(change));
        }
    }

    private static long revision(String resourceVersion) {
        if (!resourceVersion.matches("\\d{1,18}")) {
            throw Refusal.badRequest("resourceVersion '" + resourceVersion + "' is not a number");
        }
        return Long.parseLong(resourceVersion);
    }
}
