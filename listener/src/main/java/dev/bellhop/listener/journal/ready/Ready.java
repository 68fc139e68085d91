package dev.bellhop.listener.journal.ready;

import java.util.Optional;

import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Lane;

/// One delivery that is due.
///
/// @param seq            where it is stored
/// @param concurrencyKey of its lane one with this key runs at a time
/// @param bytes          what it takes up in the journal
/// @param inMemory       the delivery itself, when it need not be read back
/// @param weight         what that costs in memory, in bytes
public record Ready(Lane lane, long seq, DeliveryId id, Optional<String> concurrencyKey, long bytes,
        Optional<Delivery> inMemory, long weight) {
    /// One that is to be read back.
    public static Ready stored(Lane lane, long seq, DeliveryId id, Optional<String> concurrencyKey, long bytes) {
        return new Ready(lane, seq, id, concurrencyKey, bytes, Optional.empty(), 0);
    }

    Ready withoutMemory() {
        return inMemory.isEmpty() ? this : stored(lane, seq, id, concurrencyKey, bytes);
    }
}
