package dev.bellhop.listener.journal;

import java.time.Duration;

/// By what a delivery is known to have been sent before: to the same Trigger, with the same `value`, within `window`.
///
/// @param value  the sender's delivery id, or what the Trigger says instead; a very long one is kept as its hash
/// @param window how long ago the other may have been accepted
public record DedupKey(String value, Duration window) {
    public DedupKey {
        value = BoundedKey.of(value);
        if (!window.isPositive()) {
            throw new IllegalArgumentException("dedup window " + window + " must be positive");
        }
    }
}
