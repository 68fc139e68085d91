package dev.bellhop.listener;

import java.util.Objects;
import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.Exposures;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.engine.select.Route;
import dev.bellhop.engine.select.TriggerIndex;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.share.Rules;

/// What is served at this moment, and under which paths: a snapshot that is replaced whole; readers never lock.
///
/// A process that serves one EventListener has it at the root. A shared one has each EventListener under
/// `/listeners/{namespace}/{name}`. Both know what is exposed at a host and path of its own.
final class Directory {
    /// Path under which a shared process has its EventListeners.
    static final String PREFIX = "/listeners/";
    /// Path under which it has its EventSources.
    private static final String SOURCES_PREFIX = "/sources/";

    private final Optional<ObjectName> only;
    private volatile Catalog catalog = Catalog.NOTHING;
    private volatile Rules rules = Rules.NONE;
    private volatile boolean filled;

    /// With `only`, serves that EventListener at the root; otherwise all.
    Directory(Optional<ObjectName> only) {
        this.only = only;
    }

    /// An EventListener, and which of its Triggers are addressed.
    record Place(ServedListener listener, Route route) {}

    void replace(Catalog next) {
        rules = Rules.of(next);
        catalog = next;
        filled = true;
    }

    /// What holds for the deliveries of each Trigger.
    Rules rules() {
        return rules;
    }

    Catalog catalog() {
        return catalog;
    }

    /// How long the finished deliveries of a namespace are kept. Before anything was read nobody knows: all stay.
    RetentionLimits retention(String namespace) {
        if (!filled) {
            return RetentionLimits.EVERYTHING;
        }
        var said = catalog.limits().retention(namespace);
        var otherwise = RetentionLimits.DEFAULT;
        return new RetentionLimits(said.maxAge().orElse(otherwise.maxAge()),
                said.maxDeliveries().orElse(otherwise.maxDeliveries()), said.maxBytes().orElse(otherwise.maxBytes()));
    }

    /// Where a request leads, by its `Host` header, its path and its query (without `?`).
    Optional<Place> find(String host, String path, String query) {
        var now = catalog;
        if (only.isEmpty() && path.startsWith(PREFIX)) {
            return byName(now, path, query);
        }
        var exposed = now.exposures().find(host, path)
                .filter(found -> only.isEmpty() || only.get().equals(found.listener()))
                .map(found -> place(now, found, query));
        return exposed.isPresent() || only.isEmpty()
                ? exposed
                : Optional.ofNullable(now.listeners().get(only.get()))
                        .map(listener -> new Place(listener, Route.of(path, query)));
    }

    private static Place place(Catalog now, Exposures.Found found, String query) {
        var listener = Objects.requireNonNull(now.listeners().get(found.listener()));
        return new Place(listener, found.trigger().<Route>map(Route.One::new)
                .orElseGet(() -> Route.of(found.rest(), query)));
    }

    private static Optional<Place> byName(Catalog now, String path, String query) {
        int namespaceEnd = path.indexOf('/', PREFIX.length());
        if (namespaceEnd < 0) {
            return Optional.empty();
        }
        int nameEnd = path.indexOf('/', namespaceEnd + 1);
        var name = new ObjectName(path.substring(PREFIX.length(), namespaceEnd),
                path.substring(namespaceEnd + 1, nameEnd < 0 ? path.length() : nameEnd));
        return Optional.ofNullable(now.listeners().get(name)).map(listener -> new Place(listener,
                Route.of(nameEnd < 0 ? "" : path.substring(nameEnd), query)));
    }

    /// Whether EventSources have this path, and not EventListeners: there plug-ins post.
    boolean isOfSources(String path) {
        return only.isEmpty() && path.startsWith(SOURCES_PREFIX);
    }

    /// The path at which the events of an EventSource are posted.
    static String pathOf(ObjectName source) {
        return SOURCES_PREFIX + source.namespace() + "/" + source.name();
    }

    /// The EventSource that [#pathOf] gives this path.
    Optional<ServedSource> sourceAt(String path) {
        var parts = path.substring(SOURCES_PREFIX.length()).split("/", -1);
        return parts.length == 2 ? source(new ObjectName(parts[0], parts[1])) : Optional.empty();
    }

    /// What a door gives the Triggers behind it.
    ///
    /// @param serviceAccount for Triggers without one of their own, in the door's namespace; absent: the listener process itself
    record Behind(TriggerIndex index, Optional<String> serviceAccount) {}

    /// What is behind a door now; empty when it is not there any more.
    Optional<Behind> behind(Door door) {
        return switch (door.kind()) {
            case EVENT_LISTENER -> Optional.ofNullable(catalog.listeners().get(door.name()))
                    .map(listener -> new Behind(listener.index(), listener.serviceAccount()));
            case EVENT_SOURCE -> source(door.name())
                    .map(source -> new Behind(source.index(), Optional.of(source.serviceAccount())));
        };
    }

    /// An EventSource of this process.
    Optional<ServedSource> source(ObjectName name) {
        return Optional.ofNullable(catalog.sources().get(name));
    }
}
