package dev.bellhop.engine.expose;

import java.util.Locale;
import java.util.Optional;

/// A host and a path on it.
///
/// @param host in lower case, without port
/// @param path empty for the whole host, otherwise with a slash at its beginning and none at its end
public record Place(String host, String path) {
    /// The place that a request names by its `Host` header, whose port does not count, and its path.
    public static Place of(String host, String path) {
        int port = host.indexOf(':');
        var name = port < 0 ? host : host.substring(0, port);
        return new Place(name.toLowerCase(Locale.ROOT),
                path.endsWith("/") ? path.substring(0, path.length() - 1) : path);
    }

    /// The place one step up; empty for the whole host.
    public Optional<Place> parent() {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(new Place(host, path.substring(0, slash)));
    }

    /// What comes behind the [#parent()], without its slash.
    public String last() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    @Override
    public String toString() {
        return host + (path.isEmpty() ? "/" : path);
    }
}
