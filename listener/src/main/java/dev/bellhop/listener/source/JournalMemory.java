package dev.bellhop.listener.source;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.spi.source.SourceMemory;

/// What one EventSource remembers, kept beside the events.
record JournalMemory(Journal journal, String uid) implements SourceMemory {
    @Override
    public Optional<byte[]> get(String key) {
        return journal.recall(uid, key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        journal.recallAll(uid, prefix, each);
    }

    @Override
    public CompletionStage<Void> put(Map<String, Optional<byte[]>> changes) {
        return journal.remember(new Remembered(uid, changes));
    }
}
