package dev.bellhop.engine.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What an interceptor says of an event. These are four different things everywhere: in the answer, the log level, the
/// metric and the history.
public sealed interface Decision {
    /// Go on. `extensions` are what this interceptor adds: merged into those so far by top-level key, the last wins.
    record Continue(ObjectNode extensions) implements Decision {}

    /// Quietly no: the event is not for this Trigger. `by` names the interceptor.
    record Filtered(String by, String why) implements Decision {}

    /// Loudly no: the sender did not prove who it is. `why` is safe to tell the sender; `advice` is for the owner of the
    /// Trigger alone, because it names Secrets.
    record Refused(Credentials credentials, String by, String why, String advice) implements Decision {}

    /// It could not be decided. `retryable` when a later try may do better. `why` is for the owner of the Trigger.
    record Failed(String by, String why, boolean retryable) implements Decision {}

    /// What was wrong with the sender's credentials.
    enum Credentials {
        /// None were sent: answered 401.
        MISSING,
        /// They do not match: answered 403.
        WRONG
    }
}
