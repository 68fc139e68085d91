/// How an engine keeps events and deliveries in rows: compressed, with a checksum over all that does not change and one
/// over what does, because no database notices every flipped bit. Beside them is what sources remember. Engines share it, so that
/// their rows mean the same. Begin at [StoredEvent], [StoredDelivery] and [MemoryChanges].
@NullMarked
package dev.bellhop.listener.journal.stored;

import org.jspecify.annotations.NullMarked;
