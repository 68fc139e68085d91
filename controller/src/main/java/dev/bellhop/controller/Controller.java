package dev.bellhop.controller;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.EventRecorder;
import dev.bellhop.cluster.Leadership;
import dev.bellhop.cluster.Mirror;
import dev.bellhop.cluster.Occurrence;
import dev.bellhop.cluster.Regarding;
import dev.bellhop.cluster.SecretCache;
import dev.bellhop.cluster.TokenBucket;
import dev.bellhop.controller.expose.Backend;
import dev.bellhop.controller.expose.ExposureWriter;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

/// Keeps the statuses of all Triggers, EventListeners and EventSources true, and makes what exposes them. Several may run in a
/// cluster: the one that holds the Lease `bellhop-controller` writes, the others are ready to take over.
public final class Controller implements AutoCloseable {
    private static final String NAME = "bellhop-controller";
    private static final double EXPOSING_PER_SECOND = 10;
    private static final int EXPOSING_AT_ONCE = 50;

    private final Mirror mirror;
    private final Leadership leadership;
    private final ReferenceChecker checker;
    private final StatusWriter writer;
    private final ExposureWriter exposures;
    private final Reconciler reconciler;
    private final EventRecorder events;
    private volatile boolean ready;

    /// The client's identity needs what the shipped ClusterRole and Role `bellhop-controller` grant; it stays the caller's to
    /// close. Figures go to `registry`. EventSources may be of the kinds in `types`.
    public Controller(KubernetesClient client, ControllerSettings settings, SourceTypes types, MeterRegistry registry,
            Clock clock) {
        var metrics = new ControllerMetrics(registry);
        var compiler = new CatalogCompiler(new TriggerCompiler(), types);
        events = new EventRecorder(client, "bellhop.dev/controller", settings.identity(), clock);
        FunctionCounter.builder("bellhop.controller.events.dropped", events, EventRecorder::dropped)
                .description("Occurrences that no Kubernetes Event tells of").register(registry);
        leadership = new Leadership(client, new ObjectName(settings.namespace(), NAME), settings.identity(),
                settings.leaseTimes(), leads -> {
                    metrics.leads(leads);
                    look();
                });
        checker = new ReferenceChecker(client, new SecretCache(client, clock), this::look, clock);
        writer = new StatusWriter(new StatusClient(client),
                new TokenBucket(settings.writesPerSecond(), settings.writesAtOnce()), leadership::leads, this::tell,
                metrics, clock);
        var addresses = new Addresses(settings.listenerUrl());
        exposures = new ExposureWriter(client, Backend.of(settings.listenerUrl()),
                new TokenBucket(EXPOSING_PER_SECOND, EXPOSING_AT_ONCE), leadership::leads, this::look, clock);
        reconciler = new Reconciler(leadership::leads, addresses, checker, writer, exposures, metrics);
        mirror = new Mirror(client, objects -> reconciler.replace(compiler.compile(objects)));
    }

    /// Starts to follow the cluster and to contend for the lease. The result completes when all objects have been read.
    public CompletableFuture<Void> start() {
        events.start();
        writer.start();
        exposures.start();
        checker.start();
        reconciler.start();
        return mirror.start().thenRun(() -> {
            leadership.start();
            ready = true;
        });
    }

    /// Whether all objects have been read; it then writes, or could take over at once.
    public boolean ready() {
        return ready;
    }

    /// Whether this is the controller that writes.
    public boolean leads() {
        return leadership.leads();
    }

    /// Ends what is under way, then releases the lease.
    @Override
    public void close() {
        mirror.close();
        reconciler.close();
        checker.close();
        exposures.close();
        writer.close();
        leadership.close();
        events.close();
    }

    private void look() {
        reconciler.look();
    }

    /// Tells a Trigger's team when it becomes ready or stops to be; that a new one is ready its status tells well enough.
    private void tell(StatusWriter.Written written) {
        var after = written.after();
        boolean isReady = "True".equals(after.getStatus());
        boolean flipped = written.before() == null ? !isReady : !after.getStatus().equals(written.before().getStatus());
        if (flipped && written.target().type().equals(StatusType.TRIGGER)) {
            events.record(Regarding.trigger(written.target().name(), written.uid()), new Occurrence(
                    isReady ? Occurrence.Type.Normal : Occurrence.Type.Warning, after.getReason(), "Reconcile",
                    after.getMessage()));
        }
    }
}
