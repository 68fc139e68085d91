package dev.bellhop.listener.source.kube;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Where the objects that a [Reflector] reads go to. All methods are called by the reflector's own thread, and may take their
/// time: nothing more is read meanwhile. Objects have `apiVersion` and `kind` and belong to the sink.
public interface Sink {
    /// The resourceVersion up to which everything is known; empty when the objects must be listed first.
    Optional<String> position();

    /// The cluster does not serve the kind, yet.
    default void notServed() {}

    /// A list begins. It may break off and begin again.
    void listBegins(ServedKind kind) throws InterruptedException;

    /// One object of the list.
    void listed(ObjectNode object) throws InterruptedException;

    /// The list was whole, as of `resourceVersion`.
    void listEnded(String resourceVersion) throws InterruptedException;

    /// A watch begins, after a list or at [#position].
    void watchBegins(ServedKind kind) throws InterruptedException;

    /// An object was added, or begins to match the selector.
    void added(ObjectNode object) throws InterruptedException;

    /// An object was changed.
    void modified(ObjectNode object) throws InterruptedException;

    /// An object was deleted, or ceases to match the selector.
    void deleted(ObjectNode object) throws InterruptedException;

    /// Everything up to `resourceVersion` has been handed over.
    void reached(String resourceVersion) throws InterruptedException;

    /// The server does not know any more what happened after [#position]: the objects will be listed.
    void positionLost();

    /// Nothing is read any more. Called by another thread, after the last of the other calls.
    void close() throws InterruptedException;
}
