package dev.bellhop.engine.secret;

/// The port to the cluster's Secrets. A call answers from memory and never blocks: whoever runs a compiled Trigger first
/// makes sure that the Secrets it names have been read. Safe for use by several threads.
@FunctionalInterface
public interface Secrets {
    /// Looks a secret up.
    Lookup find(SecretRef ref);

    /// What a look-up gave.
    sealed interface Lookup {
        /// The secret.
        record Found(Token token) implements Lookup {}

        /// There is none; `why` says what is missing: the Secret, the key, or the right to read it.
        record Missing(String why) implements Lookup {}
    }
}
