package dev.bellhop.listener.source;

import java.util.Optional;

/// Reads the Secrets that sources name, each from its source's own namespace.
@FunctionalInterface
public interface SourceSecrets {
    /// The value of a key of a Secret; empty when Secret or key is absent. Blocks.
    Optional<String> read(String namespace, String name, String key);
}
