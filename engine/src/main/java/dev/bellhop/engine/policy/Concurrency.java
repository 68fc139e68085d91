package dev.bellhop.engine.policy;

import java.util.Optional;

/// Which deliveries of a Trigger exclude each other, and what becomes of one that finds others unfinished.
///
/// @param key those of the same value do; absent: all do
public record Concurrency(Optional<KeyExpression> key, Policy policy) {
    /// What becomes of a delivery when others of its key are unfinished.
    public enum Policy {
        /// It waits its turn.
        QUEUE("queue"),
        /// It cancels those that do not run yet.
        CANCEL_OLDER("cancelOlder"),
        /// It is cancelled itself.
        DROP_NEWER("dropNewer");

        private final String written;

        Policy(String written) {
            this.written = written;
        }

        /// As it stands in a Trigger.
        String written() {
            return written;
        }
    }
}
