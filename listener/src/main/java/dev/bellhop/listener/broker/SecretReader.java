package dev.bellhop.listener.broker;

import java.util.Optional;

/// Reads the Secrets of one namespace. Blocks while the API server answers.
@FunctionalInterface
public interface SecretReader {
    /// The value of a key, as it is; empty when Secret or key is absent.
    Optional<String> find(String secret, String key);

    /// The value of a key, without white space around it: a trailing newline is how many get into a Secret.
    default String read(SecretKey key) throws Unreachable {
        return find(key.secret(), key.key()).map(String::strip).filter(value -> !value.isEmpty())
                .orElseThrow(() -> new Unreachable("SecretMissing",
                        key + " does not exist or is empty; it must be in the same namespace"));
    }
}
