package dev.bellhop.listener.journal;

/// Of a Trigger's deliveries with the same `key` one runs at a time. What becomes of the others, `policy` says.
///
/// @param key a very long one is kept as its hash
public record Concurrency(String key, Policy policy) {
    /// What a new delivery means for unfinished ones of its key.
    public enum Policy {
        /// They run one after the other.
        QUEUE,
        /// The older ones are cancelled; one that runs now ends its try, and is cancelled instead of being tried again.
        CANCEL_OLDER,
        /// The new one is cancelled.
        DROP_NEWER
    }

    public Concurrency {
        key = BoundedKey.of(key);
    }
}
