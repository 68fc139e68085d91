package dev.bellhop.engine.policy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What of an event tells its delivery from others of the same Trigger. Texts of at most 256 characters, safe to store.
///
/// @param dedup      absent: it is no other's double
/// @param concurrency absent: it excludes no other
/// @param complaints sentences for the Trigger's owner about keys that this event does not have
public record DeliveryKeys(Optional<DedupKey> dedup, Optional<ConcurrencyKey> concurrency, List<String> complaints) {
    /// It is like no other.
    public static final DeliveryKeys NONE = new DeliveryKeys(Optional.empty(), Optional.empty(), List.of());

    public DeliveryKeys {
        complaints = List.copyOf(complaints);
    }

    /// An event with the same value is the same, if it comes within the window.
    public record DedupKey(String value, Duration window) {}

    /// Of deliveries with the same value, one runs at a time.
    public record ConcurrencyKey(String value, Concurrency.Policy policy) {}
}
