package dev.bellhop.controller;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.secret.SecretRef;
import org.jspecify.annotations.Nullable;

/// What a look at a Secret's key or a ServiceAccount, which cannot be watched, has found.
sealed interface Finding {
    /// Nobody has looked yet.
    record NotYet() implements Finding {}

    /// It is there; `warning` says what is odd about it.
    record There(@Nullable String warning) implements Finding {}

    /// It is not; `why` says what to do.
    record Missing(String why) implements Finding {}

    /// What was found, by name. Answers from memory.
    interface Findings {
        /// About a key of a Secret.
        Finding secret(SecretRef ref);

        /// About a ServiceAccount.
        Finding serviceAccount(ObjectName name);
    }
}
