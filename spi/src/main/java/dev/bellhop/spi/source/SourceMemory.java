package dev.bellhop.spi.source;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

/// What a source keeps between its runs, by key: how far it has read, what it saw last. Durable as the events are; goes with the
/// EventSource object when that is deleted. A key has at most 512 characters, a value at most 1 MiB.
public interface SourceMemory {
    /// The value of a key.
    Optional<byte[]> get(String key);

    /// Calls `each` with every key that begins with `prefix`, in order, and its value.
    void forEach(String prefix, BiConsumer<String, byte[]> each);

    /// Writes values, all or none; an empty one removes its key. What belongs to an event goes with the event instead, see
    /// [SourceEvent#remember].
    CompletionStage<Void> put(Map<String, Optional<byte[]>> changes);
}
