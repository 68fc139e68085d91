package dev.bellhop.listener;

import java.util.Optional;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.ServedListener;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.share.Rules;

/// What is served at this moment, and under which paths: a snapshot that is replaced whole; readers never lock.
///
/// A process that serves one EventListener has it at the root. A shared one has each EventListener under
/// `/listeners/{namespace}/{name}`.
final class Directory {
    /// Path under which a shared process has its EventListeners.
    static final String PREFIX = "/listeners/";

    private final Optional<ObjectName> only;
    private volatile Catalog catalog = Catalog.NOTHING;
    private volatile Rules rules = Rules.NONE;
    private volatile boolean filled;

    /// With `only`, serves that EventListener at the root; otherwise all.
    Directory(Optional<ObjectName> only) {
        this.only = only;
    }

    /// An EventListener and the rest of the path below it.
    record Place(ServedListener listener, String path) {}

    /// A Trigger as it is run for what came in by a door.
    ///
    /// @param listener the EventListener that it came in by; empty when an EventSource brought it
    record Served(CompiledTrigger trigger, Optional<ServedListener> listener) {
        /// Without an account of its own, what it does for an EventSource would be done with the rights of this process.
        boolean hasAccount() {
            return listener.isPresent() || trigger.serviceAccount().isPresent();
        }
    }

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

    /// The EventListener that a request's path leads to.
    Optional<Place> find(String path) {
        if (only.isPresent()) {
            return Optional.ofNullable(catalog.listeners().get(only.get())).map(listener -> new Place(listener, path));
        }
        if (!path.startsWith(PREFIX)) {
            return Optional.empty();
        }
        int namespaceEnd = path.indexOf('/', PREFIX.length());
        if (namespaceEnd < 0) {
            return Optional.empty();
        }
        int nameEnd = path.indexOf('/', namespaceEnd + 1);
        var name = new ObjectName(path.substring(PREFIX.length(), namespaceEnd),
                path.substring(namespaceEnd + 1, nameEnd < 0 ? path.length() : nameEnd));
        return Optional.ofNullable(catalog.listeners().get(name))
                .map(listener -> new Place(listener, nameEnd < 0 ? "" : path.substring(nameEnd)));
    }

    /// A Trigger as it is to be run now for what came in by `door`; empty when it is not served any more.
    Optional<Served> served(Door door, ObjectName trigger) {
        return switch (door.kind()) {
            case EVENT_LISTENER -> listener(door.name())
                    .flatMap(listener -> listener.index().find(trigger)
                            .map(found -> new Served(found, Optional.of(listener))));
            case EVENT_SOURCE -> Optional.ofNullable(catalog.triggers().get(trigger))
                    .flatMap(view -> view.compilation() instanceof Compilation.Sound(var sound, _)
                            ? Optional.of(new Served(sound, Optional.empty()))
                            : Optional.empty());
        };
    }

    /// An EventListener of this process.
    Optional<ServedListener> listener(ObjectName name) {
        return Optional.ofNullable(catalog.listeners().get(name));
    }
}
