package dev.bellhop.spi.action;

/// What looking a Secret up gave.
public sealed interface SecretValue {
    /// The value, as UTF-8. It prints nothing of itself.
    record Found(String value) implements SecretValue {
        @Override
        public String toString() {
            return "Found[***]";
        }
    }

    /// There is none: the Secret, the key, or the right to get it is missing. `why` says which, and names the way out.
    record Missing(String why) implements SecretValue {}
}
