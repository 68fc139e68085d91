package dev.bellhop.spi.source;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/// A Bellhop that keeps everything in memory, for the tests of a kind of source. One context stands for one EventSource: a source
/// that is started again with it finds what it remembered.
public final class TestContext implements SourceContext, SourceMemory {
    private final Map<String, byte[]> memory = new ConcurrentSkipListMap<>();
    private final List<SourceEvent> kept = new CopyOnWriteArrayList<>();
    private final List<SourceHealth> healths = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private volatile Clock clock = Clock.systemUTC();

    /// The events that were kept, in order.
    public List<SourceEvent> kept() {
        return List.copyOf(kept);
    }

    /// The ids of the events that were answered "not now".
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /// What the source said of itself, in order.
    public List<SourceHealth> healths() {
        return List.copyOf(healths);
    }

    /// The time is that of `clock` from now on.
    public void setClock(Clock clock) {
        this.clock = clock;
    }

    /// The next `events` are answered "not now".
    public void refuse(int events) {
        refusals.set(events);
    }

    @Override
    public CompletionStage<Emitted> emit(SourceEvent event) {
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            refused.add(event.id());
            return CompletableFuture
                    .completedFuture(new Emitted.NotNow("the test wants it so", Duration.ofMillis(10)));
        }
        apply(event.remember());
        kept.add(event);
        return CompletableFuture.completedFuture(new Emitted.Kept(1));
    }

    @Override
    public void report(SourceHealth health) {
        healths.add(health);
    }

    @Override
    public SourceMemory memory() {
        return this;
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(memory.get(key));
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        new ArrayList<>(memory.entrySet()).stream().filter(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
    }

    @Override
    public CompletionStage<Void> put(Map<String, Optional<byte[]>> changes) {
        apply(changes);
        return CompletableFuture.completedFuture(null);
    }

    private void apply(Map<String, Optional<byte[]>> changes) {
        changes.forEach((key, value) -> value.ifPresentOrElse(bytes -> memory.put(key, bytes),
                () -> memory.remove(key)));
    }

    @Override
    public String namespace() {
        return "team-a";
    }

    @Override
    public String name() {
        return "source";
    }

    @Override
    public String uid() {
        return "uid-of-source";
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public String serviceAccount() {
        return "default";
    }

    @Override
    public Optional<String> secret(String name, String key) {
        return Optional.empty();
    }

    @Override
    public Clock clock() {
        return clock;
    }
}
