package dev.bellhop.listener.broker;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;

import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;
import dev.bellhop.spi.source.SourceMemory;

/// What a source finds around itself in a test: keeps its events, and answers as the test wants.
public final class TestContext implements SourceContext {
    /// Every event that was emitted, in order, again where it came again.
    public final List<SourceEvent> emitted = new CopyOnWriteArrayList<>();
    /// Those that were kept.
    public final List<SourceEvent> kept = new CopyOnWriteArrayList<>();
    /// What the source said of itself.
    public final List<SourceHealth> health = new CopyOnWriteArrayList<>();
    /// By `secret/key`.
    public final Map<String, String> secrets = new ConcurrentHashMap<>();

    private final String name;
    private volatile Function<SourceEvent, CompletionStage<Emitted>> fate = _ -> CompletableFuture
            .supplyAsync(() -> new Emitted.Kept(1));

    public TestContext(String name) {
        this.name = name;
    }

    /// What becomes of events from now on.
    public void answer(Function<SourceEvent, CompletionStage<Emitted>> fate) {
        this.fate = fate;
    }

    /// What the source said last.
    public Optional<SourceHealth> lastHealth() {
        return health.isEmpty() ? Optional.empty() : Optional.of(health.getLast());
    }

    public boolean isConnected() {
        return lastHealth().filter(SourceHealth.Connected.class::isInstance).isPresent();
    }

    /// The reason why it is disconnected; empty when it is not.
    public String disconnected() {
        return lastHealth().map(health -> health instanceof SourceHealth.Disconnected(var reason, var _) ? reason : "")
                .orElse("");
    }

    /// The content of the events that were kept, as text.
    public List<String> bodies() {
        return kept.stream().map(TestContext::text).toList();
    }

    public static String text(SourceEvent event) {
        return event.body().bytes().map(String::new).orElseGet(() -> event.body().json().orElseThrow().toString());
    }

    @Override
    public CompletionStage<Emitted> emit(SourceEvent event) {
        emitted.add(event);
        return fate.apply(event).thenApply(what -> {
            if (what instanceof Emitted.Kept) {
                kept.add(event);
            }
            return what;
        });
    }

    @Override
    public String namespace() {
        return "team-a";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String uid() {
        return "uid-" + name;
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
    public void report(SourceHealth health) {
        this.health.add(health);
    }

    @Override
    public SourceMemory memory() {
        return new SourceMemory() {
            @Override
            public Optional<byte[]> get(String key) {
                return Optional.empty();
            }

            @Override
            public void forEach(String prefix, BiConsumer<String, byte[]> each) {}

            @Override
            public CompletionStage<Void> put(Map<String, Optional<byte[]>> changes) {
                return CompletableFuture.completedStage(null);
            }
        };
    }

    @Override
    public Optional<String> secret(String name, String key) {
        return Optional.ofNullable(secrets.get(name + "/" + key));
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }
}
