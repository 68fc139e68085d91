package dev.bellhop.controller;

import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TriggerStatus;
import dev.bellhop.controller.StatusSlot.Seen;
import dev.bellhop.controller.StatusSlot.Wish;
import dev.bellhop.controller.StatusWriter.Target;
import dev.bellhop.controller.expose.ExposureWriter;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.Stored;
import io.fabric8.kubernetes.client.CustomResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries: whenever what is served, or what was found about it, has changed, decides all statuses and hands them to the
/// writer. Deciding is cheap and the writer writes only what differs, so nothing is tracked here.
final class Reconciler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    private static final Duration LONGEST_REST = Duration.ofMillis(500);

    private final Semaphore dirty = new Semaphore(0);
    private final Addresses addresses;
    private final ReferenceChecker checker;
    private final StatusWriter writer;
    private final ExposureWriter exposures;
    private final ControllerMetrics metrics;
    private final Thread thread = Thread.ofPlatform().name("reconciler").daemon().unstarted(this::run);
    private final BooleanSupplier leads;
    private Catalog checked = Catalog.NOTHING;
    private volatile Catalog catalog = Catalog.NOTHING;
    private volatile boolean closed;

    /// Decides while this controller `leads`, and rests while another does.
    Reconciler(BooleanSupplier leads, Addresses addresses, ReferenceChecker checker, StatusWriter writer,
            ExposureWriter exposures, ControllerMetrics metrics) {
        this.leads = leads;
        this.addresses = addresses;
        this.checker = checker;
        this.writer = writer;
        this.exposures = exposures;
        this.metrics = metrics;
    }

    void start() {
        thread.start();
    }

    /// Takes over what is served now.
    void replace(Catalog next) {
        catalog = next;
        look();
    }

    /// Has all statuses decided again, soon. Returns at once.
    void look() {
        dirty.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                dirty.acquire();
                dirty.drainPermits();
                long start = System.nanoTime();
                try {
                    metrics.reconcile().record(this::reconcile);
                } catch (RuntimeException e) {
                    LOG.atError().setCause(e).log("Deciding the statuses failed; they stay as they are");
                }
                // Each write is a change too. Resting as long as it took bounds what deciding costs while many are written.
                var took = Duration.ofNanos(System.nanoTime() - start);
                Thread.sleep(took.compareTo(LONGEST_REST) < 0 ? took : LONGEST_REST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("ReferenceEquality") // catalogs are replaced whole, and comparing all they hold would be dear
    private void reconcile() {
        boolean isLeader = leads.getAsBoolean();
        var now = isLeader ? catalog : Catalog.NOTHING;
        if (isLeader) {
            exposures.want(ExposersOf.all(now));
        } else {
            exposures.rest();
        }
        if (now != checked) {
            checker.want(ReferencesOf.all(now, checked));
            checked = now;
        }
        var existing = new HashSet<Target>();
        var listenerStatuses = new ListenerStatuses(addresses, now, checker, exposures::of);
        now.listeners().values().forEach(listener -> {
            var stored = listener.stored();
            existing.add(new Target(StatusType.LISTENER, stored.name()));
            listenerStatuses.of(listener).ifPresent(status -> writer.want(StatusType.LISTENER, stored.name(),
                    new Wish<>(stored.uid(), status), seen(stored)));
        });
        var sourceStatuses = new SourceStatuses(checker);
        now.sources().values().forEach(source -> {
            var stored = source.stored();
            existing.add(new Target(StatusType.SOURCE, stored.name()));
            sourceStatuses.of(source).ifPresent(status -> writer.want(StatusType.SOURCE, stored.name(),
                    new Wish<>(stored.uid(), status), seen(stored)));
        });
        var triggerStatuses = new TriggerStatuses(addresses, now, checker, exposures::of);
        int ready = 0;
        for (var view : now.triggers().values()) {
            var stored = view.stored();
            existing.add(new Target(StatusType.TRIGGER, stored.name()));
            var status = triggerStatuses.of(view);
            if (status.isPresent()) {
                ready += isReady(status.get()) ? 1 : 0;
                writer.want(StatusType.TRIGGER, stored.name(), new Wish<>(stored.uid(), status.get()),
                        seen(stored));
            }
        }
        writer.retain(existing);
        metrics.triggers(ready, now.triggers().size() - ready);
    }

    private static <T extends CustomResource<?, S>, S> Seen<S> seen(Stored<T> stored) {
        return switch (stored.content()) {
            case Read.Understood<T>(var object, var _) ->
                new Seen<>(stored.resourceVersion(), true, object.getStatus());
            case Read.Unreadable<T> _ -> new Seen<>(stored.resourceVersion(), false, null);
        };
    }

    private static boolean isReady(TriggerStatus status) {
        return status.conditions().stream().anyMatch(condition -> "True".equals(condition.getStatus()));
    }
}
