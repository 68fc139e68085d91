package dev.bellhop.engine.policy;

import java.net.URI;
import java.util.Optional;

/// What becomes of a delivery that is given up, besides being kept to be looked at and delivered again.
///
/// @param url what its record is posted to: http or https, with a host, without credentials
public record DeadLetter(Optional<URI> url) {
    /// Nothing.
    public static final DeadLetter NONE = new DeadLetter(Optional.empty());
}
