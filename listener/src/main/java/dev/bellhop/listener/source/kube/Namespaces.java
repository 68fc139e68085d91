package dev.bellhop.listener.source.kube;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Which namespaces of a cluster have certain labels, as a [Reflector] of Namespaces tells.
final class Namespaces implements Sink {
    private final Watcher watcher;
    private Set<String> names = new HashSet<>();
    private Set<String> listing = new HashSet<>();
    private Optional<String> position = Optional.empty();

    /// Who wants to know.
    interface Watcher {
        /// Called with all of them when the first are known and whenever they change. May block.
        void now(Set<String> names) throws InterruptedException;
    }

    Namespaces(Watcher watcher) {
        this.watcher = watcher;
    }

    @Override
    public Optional<String> position() {
        return position;
    }

    @Override
    public void listBegins(ServedKind kind) {
        listing = new HashSet<>();
    }

    @Override
    public void listed(ObjectNode namespace) {
        listing.add(name(namespace));
    }

    @Override
    public void listEnded(String resourceVersion) throws InterruptedException {
        position = Optional.of(resourceVersion);
        names = listing;
        watcher.now(Set.copyOf(names));
    }

    @Override
    public void watchBegins(ServedKind kind) {
        // Nothing but the names is of interest.
    }

    @Override
    public void added(ObjectNode namespace) throws InterruptedException {
        reached(namespace.path("metadata").path("resourceVersion").asText());
        if (names.add(name(namespace))) {
            watcher.now(Set.copyOf(names));
        }
    }

    @Override
    public void modified(ObjectNode namespace) {
        reached(namespace.path("metadata").path("resourceVersion").asText());
    }

    @Override
    public void deleted(ObjectNode namespace) throws InterruptedException {
        reached(namespace.path("metadata").path("resourceVersion").asText());
        if (names.remove(name(namespace))) {
            watcher.now(Set.copyOf(names));
        }
    }

    @Override
    public void reached(String resourceVersion) {
        position = Optional.of(resourceVersion);
    }

    @Override
    public void positionLost() {
        position = Optional.empty();
    }

    @Override
    public void close() {
        // Nothing is kept.
    }

    private static String name(ObjectNode namespace) {
        return namespace.path("metadata").path("name").asText();
    }
}
