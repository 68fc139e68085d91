package dev.bellhop.listener.action;

import java.util.Optional;

/// How the API server serves a kind.
///
/// @param path       of the API group and version: `/api/v1` or `/apis/apps/v1`
/// @param plural     the resource's name in paths, such as `configmaps`
/// @param namespaced whether its objects are in namespaces
record KindResource(String path, String plural, boolean namespaced) {
    /// The path of the kind's collection, in `namespace` where it is namespaced.
    String collection(Optional<String> namespace) {
        return namespaced && namespace.isPresent()
                ? path + "/namespaces/" + namespace.get() + "/" + plural
                : path + "/" + plural;
    }
}
