package dev.bellhop.engine.policy;

import java.net.URI;
import java.util.Optional;

/// What becomes of a delivery that is given up.
///
/// @param keep whether it is kept with its event, to be looked at and delivered again
/// @param url  what its record is posted to: http or https, with a host, without credentials
public record DeadLetter(boolean keep, Optional<URI> url) {
    /// It is kept.
    public static final DeadLetter KEPT = new DeadLetter(true, Optional.empty());
}
