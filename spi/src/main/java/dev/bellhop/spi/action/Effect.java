package dev.bellhop.spi.action;

/// Something that an action did, as the history shows it. Never holds a secret.
///
/// @param verb       in the past: `created`, `applied`, `patched`, `updated`, `deleted`, `called`, `sent`
/// @param apiVersion of an object of the cluster; otherwise empty
/// @param kind       of an object of the cluster; otherwise what it is, in lower case: `http`, `message`
/// @param namespace  of an object of the cluster, if it has one; otherwise empty
/// @param name       of the object, or what tells this effect from others: `POST https://example.com/hook (200)`
/// @param uid        of an object of the cluster, if known; otherwise empty
public record Effect(String verb, String apiVersion, String kind, String namespace, String name, String uid) {
    /// Something outside of the cluster.
    public static Effect outside(String verb, String kind, String name) {
        return new Effect(verb, "", kind, "", name, "");
    }
}
