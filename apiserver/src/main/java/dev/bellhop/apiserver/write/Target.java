package dev.bellhop.apiserver.write;

import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;

/// The object, or the collection when the name is empty, that a request is about.
public record Target(ResourceType type, String namespace, String name, String subresource) {

    public Store.Key key() {
        return new Store.Key(namespace, name);
    }

    public Target named(String other) {
        return new Target(type, namespace, other, subresource);
    }

    public Target in(String otherNamespace) {
        return new Target(type, otherNamespace, name, subresource);
    }

    Refusal notFound() {
        return Refusal.notFound(type, name);
    }
}
