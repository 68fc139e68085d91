package dev.bellhop.engine.expose;

import dev.bellhop.api.ExposeSpec;

/// A sound `spec.expose`.
///
/// @param place  where
/// @param scheme `https` or `http`
/// @param spec   what it was made from
public record Exposure(Place place, String scheme, ExposeSpec spec) {
    /// The URL that senders use, without a slash at its end.
    public String url() {
        return scheme + "://" + place.host() + place.path();
    }
}
