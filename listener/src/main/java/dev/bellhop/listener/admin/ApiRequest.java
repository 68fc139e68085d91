package dev.bellhop.listener.admin;

import java.util.Map;
import java.util.Optional;

/// A request that has found its route.
///
/// @param path  what stands in the place of `{namespace}` and `{id}`
/// @param query the parameters behind the question mark
/// @param token the bearer token that says who asks
record ApiRequest(Map<String, String> path, Query query, Optional<String> token) {
    /// The namespace that the path or else the query names; empty: all.
    Optional<String> namespace() {
        return Optional.ofNullable(path.get("namespace")).or(() -> query.text("namespace"));
    }

    @Override
    public String toString() {
        return "ApiRequest" + path;
    }
}
