package dev.bellhop.listener.action.kind;

import java.util.Optional;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.spi.action.ActionContext;

/// Makes the object of an event, as a watch brings it, the owner of another, so that deleting the one deletes the other.
final class Owner {
    private Owner() {}

    /// Adds the owner to `object`; says why that cannot be, empty when it is done.
    static Optional<String> own(ObjectNode object, ActionContext context) {
        var owner = EventObject.of(context);
        if (!owner.isPresent()) {
            return Optional.of("owner: the body of the event is no object of a cluster");
        }
        var own = object.path("metadata").path("namespace").asText();
        var namespace = own.isEmpty() ? context.namespace() : own;
        if (!owner.namespace().isEmpty() && !owner.namespace().equals(namespace)) {
            return Optional.of("owner: the object is in namespace '" + namespace + "' and its owner in '"
                    + owner.namespace() + "'; an owner is in the same namespace");
        }
        object.withObjectProperty("metadata").withArrayProperty("ownerReferences").addObject()
                .put("apiVersion", owner.apiVersion())
                .put("kind", owner.kind())
                .put("name", owner.name())
                .put("uid", owner.uid());
        return Optional.empty();
    }

    /// The same for an object that is there for its owner alone: no other controller manages it.
    static void manage(ObjectNode object, ActionContext context) {
        var owner = EventObject.of(context);
        var own = object.path("metadata").path("namespace").asText();
        var namespace = own.isEmpty() ? context.namespace() : own;
        if (owner.isPresent() && owner.namespace().equals(namespace) && own(object, context).isEmpty()
                && object.path("metadata").path("ownerReferences").path(0) instanceof ObjectNode reference) {
            reference.put("controller", true);
        }
    }
}
