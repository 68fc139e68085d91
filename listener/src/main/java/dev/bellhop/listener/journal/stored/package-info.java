/// How an engine keeps events and deliveries in rows: compressed, with a checksum over all that does not change and one
/// over what does, because no database notices every flipped bit. Engines share it, so that their rows mean the same.
/// Begin at [StoredEvent] and [StoredDelivery].
@NullMarked
package dev.bellhop.listener.journal.stored;

import org.jspecify.annotations.NullMarked;
