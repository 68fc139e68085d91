package dev.bellhop.listener.action.kind;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.action.ActionContext;

/// Makes the object of an event, as a watch brings it, the owner of another, so that deleting the one deletes the other.
final class Owner {
    private Owner() {}

    /// Adds the owner to `object`; says why that cannot be, empty when it is done.
    static Optional<String> own(ObjectNode object, ActionContext context) {
        var owner = context.event().body();
        var metadata = owner.path("metadata");
        var uid = metadata.path("uid").asText();
        if (uid.isEmpty() || owner.path("kind").asText().isEmpty() || owner.path("apiVersion").asText().isEmpty()) {
            return Optional.of("owner: the body of the event is no object of a cluster");
        }
        var own = object.path("metadata").path("namespace").asText();
        var namespace = own.isEmpty() ? context.namespace() : own;
        var theirs = metadata.path("namespace").asText();
        if (!theirs.isEmpty() && !theirs.equals(namespace)) {
            return Optional.of("owner: the object is in namespace '" + namespace + "' and its owner in '" + theirs
                    + "'; an owner is in the same namespace");
        }
        var reference = JsonNodeFactory.instance.objectNode()
                .put("apiVersion", owner.path("apiVersion").asText())
                .put("kind", owner.path("kind").asText())
                .put("name", metadata.path("name").asText())
                .put("uid", uid);
        object.withObjectProperty("metadata").withArrayProperty("ownerReferences").add(reference);
        return Optional.empty();
    }
}
