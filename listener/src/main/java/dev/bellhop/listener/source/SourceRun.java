package dev.bellhop.listener.source;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.engine.source.SourcePlan;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;
import dev.bellhop.spi.source.SourceMemory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One EventSource that runs here, from start to close, and what it may use meanwhile.
final class SourceRun implements SourceContext, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceRun.class);

    private final SourceId id;
    private final Plan plan;
    private final long generation;
    private final Surroundings surroundings;
    private @Nullable RunningSource running;
    private volatile boolean closed;

    /// What makes it another run when it changes.
    record Plan(EventSourceType type, JsonNode spec, String serviceAccount) {
        static Plan of(SourcePlan plan, ServedSource source) {
            return new Plan(plan.type(), plan.spec(), source.serviceAccount());
        }
    }

    /// What all runs share.
    record Surroundings(Acceptance acceptance, Journal journal, SourceSecrets secrets, ConnectedConditions conditions,
            Clock clock) {}

    SourceRun(SourceId id, Plan plan, long generation, Surroundings surroundings) {
        this.id = id;
        this.plan = plan;
        this.generation = generation;
        this.surroundings = surroundings;
    }

    /// Whether it does what is wanted.
    boolean isOf(SourceId other, Plan wanted) {
        return id.equals(other) && plan.equals(wanted);
    }

    SourceId id() {
        return id;
    }

    EventSourceType type() {
        return plan.type();
    }

    void start() {
        LOG.atInfo().addKeyValue("source", id.name()).addKeyValue("kind", id.kind()).log("EventSource starts");
        try {
            running = plan.type().start(plan.spec(), this);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("source", id.name()).setCause(e).log("EventSource could not be started");
            report(new SourceHealth.Disconnected("StartFailed", "it could not be started: " + e.getMessage()));
        }
    }

    @Override
    public void close() {
        closed = true;
        var source = running;
        if (source == null) {
            return;
        }
        try {
            source.close();
            LOG.atInfo().addKeyValue("source", id.name()).log("EventSource stopped");
        } catch (Exception e) {
            LOG.atWarn().addKeyValue("source", id.name()).setCause(e).log("EventSource could not be stopped cleanly");
        }
    }

    /// After [#close]: nobody goes on with it. Returns at once.
    void withdraw() {
        var source = running;
        if (source != null) {
            Thread.startVirtualThread(() -> {
                try {
                    source.withdrawn();
                } catch (Exception e) {
                    LOG.atWarn().addKeyValue("source", id.name()).setCause(e)
                            .log("EventSource could not be withdrawn cleanly");
                }
            });
        }
    }

    @Override
    public String namespace() {
        return id.name().namespace();
    }

    @Override
    public String name() {
        return id.name().name();
    }

    @Override
    public String uid() {
        return id.uid();
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public String serviceAccount() {
        return plan.serviceAccount();
    }

    @Override
    public CompletionStage<Emitted> emit(SourceEvent event) {
        if (closed) {
            return CompletableFuture
                    .completedFuture(new Emitted.NotNow("the source is closed", Duration.ofSeconds(1)));
        }
        return surroundings.acceptance().accept(id, event);
    }

    @Override
    public void report(SourceHealth health) {
        report(health, Map.of());
    }

    @Override
    public void report(SourceHealth health, Map<String, SourceHealth> clusters) {
        if (!closed) {
            surroundings.conditions().say(id, health, clusters);
        }
    }

    @Override
    public void dropped(String rule, String what) {
        surroundings.acceptance().dropped(id, rule, what);
    }

    @Override
    public SourceMemory memory() {
        return new JournalMemory(surroundings.journal(), id.uid());
    }

    @Override
    public Optional<String> secret(String secret, String key) {
        return surroundings.secrets().read(id.name().namespace(), secret, key);
    }

    @Override
    public Clock clock() {
        return surroundings.clock();
    }
}
