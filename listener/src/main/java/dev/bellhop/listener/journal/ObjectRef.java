package dev.bellhop.listener.journal;

/// Points at one object that a delivery made; `namespace` is empty for cluster-scoped kinds.
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {
    /// How people name it: `ConfigMap team-a/push-x7k2`.
    public String shortName() {
        return kind + " " + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
}
