package dev.bellhop.listener.journal;

import java.time.Duration;
import java.util.List;

/// What became of an append.
public sealed interface Appended {
    /// On disk. The deliveries are in the order they were given.
    record Durable(List<Stored> deliveries) implements Appended {
        public Durable {
            deliveries = List.copyOf(deliveries);
        }

        /// The ids alone.
        public List<DeliveryId> ids() {
            return deliveries.stream().map(Stored::id).toList();
        }
    }

    /// Not stored, and safe to send again after `retryAfter`: too much is waiting, or the disk is full or failing.
    record Unavailable(String why, Duration retryAfter) implements Appended {}
}
