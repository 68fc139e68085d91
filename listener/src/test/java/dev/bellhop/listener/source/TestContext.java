package dev.bellhop.listener.source;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;
import dev.bellhop.spi.source.SourceMemory;

/// What a source is given in tests: keeps events in memory, and its memory outlives the source. Can say "not now" and can leave
/// events unanswered.
public final class TestContext implements SourceContext, SourceMemory {
    private final String namespace;
    private final ConcurrentSkipListMap<String, byte[]> memory = new ConcurrentSkipListMap<>();
    private final List<SourceEvent> kept = new CopyOnWriteArrayList<>();
    private final List<SourceHealth> reports = new CopyOnWriteArrayList<>();
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final AtomicInteger emitted = new AtomicInteger();
    private final AtomicInteger notNow = new AtomicInteger();
    private final List<Runnable> held = new ArrayList<>();
    private boolean holding;
    private volatile Map<String, SourceHealth> clusters = Map.of();

    public TestContext(String namespace) {
        this.namespace = namespace;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String name() {
        return "source";
    }

    @Override
    public String uid() {
        return "uid";
    }

    @Override
    public long generation() {
        return 1;
    }

    @Override
    public String serviceAccount() {
        return "watcher";
    }

    @Override
    public CompletionStage<Emitted> emit(SourceEvent event) {
        emitted.incrementAndGet();
        if (notNow.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return CompletableFuture.completedFuture(new Emitted.NotNow("the disk is full", Duration.ofMillis(50)));
        }
        var answer = new CompletableFuture<Emitted>();
        Runnable keep = () -> {
            event.remember().forEach(this::remember);
            kept.add(event);
            answer.complete(new Emitted.Kept(1));
        };
        synchronized (held) {
            if (holding) {
                held.add(keep);
                return answer;
            }
        }
        keep.run();
        return answer;
    }

    /// Answers nothing from now on.
    public void hold() {
        synchronized (held) {
            holding = true;
        }
    }

    /// Answers everything that was left unanswered.
    public void release() {
        List<Runnable> answers;
        synchronized (held) {
            holding = false;
            answers = List.copyOf(held);
            held.clear();
        }
        answers.forEach(Runnable::run);
    }

    /// What was left unanswered is lost, as in a crash.
    public void crash() {
        synchronized (held) {
            holding = false;
            held.clear();
        }
    }

    /// The next `times` events are not kept.
    public void notNow(int times) {
        notNow.set(times);
    }

    public int emitted() {
        return emitted.get();
    }

    public List<SourceEvent> kept() {
        return kept;
    }

    /// `type name` of each kept event.
    public List<String> told() {
        return kept.stream().map(event -> event.type() + " " + event.facts().get("name").asText()).toList();
    }

    public JsonNode body(int index) {
        return kept.get(index).body().json().orElseThrow();
    }

    public void forgetEvents() {
        kept.clear();
    }

    public Optional<SourceHealth> health() {
        return reports.isEmpty() ? Optional.empty() : Optional.of(reports.getLast());
    }

    public boolean isConnected() {
        return health().filter(SourceHealth.Connected.class::isInstance).isPresent();
    }

    public void forgetHealth() {
        reports.clear();
    }

    public void secret(String name, Map<String, String> keys) {
        secrets.keySet().removeIf(key -> key.startsWith(name + "/"));
        keys.forEach((key, value) -> secrets.put(name + "/" + key, value));
    }

    /// How each cluster fares, as it was said last.
    public Map<String, SourceHealth> clusters() {
        return clusters;
    }

    @Override
    public void report(SourceHealth health) {
        reports.add(health);
    }

    @Override
    public void report(SourceHealth health, Map<String, SourceHealth> ofClusters) {
        clusters = Map.copyOf(ofClusters);
        report(health);
    }

    @Override
    public SourceMemory memory() {
        return this;
    }

    @Override
    public Optional<String> secret(String name, String key) {
        return Optional.ofNullable(secrets.get(name + "/" + key));
    }

    @Override
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    public Optional<byte[]> get(String key) {
        return Optional.ofNullable(memory.get(key));
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> each) {
        memory.tailMap(prefix).entrySet().stream().takeWhile(entry -> entry.getKey().startsWith(prefix))
                .forEach(entry -> each.accept(entry.getKey(), entry.getValue()));
    }

    @Override
    public CompletionStage<Void> put(Map<String, Optional<byte[]>> changes) {
        changes.forEach(this::remember);
        return CompletableFuture.completedFuture(null);
    }

    private void remember(String key, Optional<byte[]> value) {
        value.ifPresentOrElse(bytes -> memory.put(key, bytes), () -> memory.remove(key));
    }
}
