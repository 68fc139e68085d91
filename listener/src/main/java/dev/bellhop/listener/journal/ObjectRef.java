package dev.bellhop.listener.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// Points at one object that a delivery made, or says what else it did; `namespace` is empty for cluster-scoped kinds.
///
/// @param step which step of the Trigger's actions did it; null for the objects of its template
/// @param verb what was done: `applied`, `deleted`, `called`, `skipped`; null when the object was created
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String step,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String verb) {

    /// An object of a template.
    public ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {
        this(apiVersion, kind, namespace, name, uid, null, null);
    }

    /// Whether the object did not exist before.
    public boolean wasCreated() {
        return verb == null;
    }

    /// How people name it: `ConfigMap team-a/push-x7k2`, `deleted Ingress team-a/shop`.
    public String shortName() {
        return (verb == null ? "" : verb + " ") + kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
