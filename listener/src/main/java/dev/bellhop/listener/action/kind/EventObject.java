package dev.bellhop.listener.action.kind;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.spi.action.ActionContext;

/// The object of a cluster that an event is about: its body, as a watch brings it. Any other body has some of this, or nothing.
record EventObject(JsonNode body) {
    static EventObject of(ActionContext context) {
        return new EventObject(context.event().body());
    }

    /// Whether it is an object at all.
    boolean isPresent() {
        return !uid().isEmpty() && !kind().isEmpty() && !apiVersion().isEmpty() && !name().isEmpty();
    }

    String apiVersion() {
        return body.path("apiVersion").asText("");
    }

    String kind() {
        return body.path("kind").asText("");
    }

    String name() {
        return body.path("metadata").path("name").asText("");
    }

    String namespace() {
        return body.path("metadata").path("namespace").asText("");
    }

    String uid() {
        return body.path("metadata").path("uid").asText("");
    }

    /// The value of a label; empty when it has none.
    String label(String key) {
        return body.path("metadata").path("labels").path(key).asText("");
    }

    /// Its namespace, or the Trigger's.
    String namespaceOrOwn(ActionContext context) {
        return namespace().isEmpty() ? context.namespace() : namespace();
    }

    /// Its name, or the Trigger's.
    String nameOrTrigger(ActionContext context) {
        return name().isEmpty() ? context.trigger() : name();
    }
}
