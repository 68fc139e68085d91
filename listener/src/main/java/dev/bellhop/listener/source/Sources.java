package dev.bellhop.listener.source;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.catalog.ServedSource;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the EventSources that are to run here: those whose broker shares events out among replicas always, the others while this
/// process leads. One thread starts and stops them; a source that takes its time to stop holds up no other but those behind it.
public final class Sources implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final long CLOSE_WAIT_SECONDS = 15;

    private final BooleanSupplier leads;
    private final Journal journal;
    private final ConnectedConditions conditions;
    private final SourceMeters meters;
    private final SourceRun.Surroundings surroundings;
    private final Map<ObjectName, SourceRun> running = new HashMap<>();
    private final Semaphore dirty = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().name("sources").daemon().unstarted(this::run);
    /// Whose memory is not that of a deleted one.
    private Set<String> known = Set.of();
    private volatile Set<String> rememberers = Set.of();
    private volatile Map<ObjectName, ServedSource> wanted = Map.of();
    private volatile boolean filled;
    private volatile boolean closed;

    /// What they bring goes to `acceptance`; what they remember, to `journal`. `client` has the listener's rights, which sources
    /// are not given.
    public Sources(KubernetesClient client, Acceptance acceptance, Journal journal, BooleanSupplier leads,
            SourceMeters meters, Clock clock) {
        this.leads = leads;
        this.journal = journal;
        conditions = new ConnectedConditions(client, clock);
        this.meters = meters;
        surroundings = new SourceRun.Surroundings(acceptance, journal, new SourceSecrets(client), conditions, clock);
    }

    /// Begins to run them.
    public void start() {
        conditions.start();
        thread.start();
    }

    /// Takes over what is served now; `others` than EventSources have a memory in the journal too.
    public void replace(Map<ObjectName, ServedSource> sources, Set<String> others) {
        wanted = sources;
        rememberers = others;
        filled = true;
        look();
    }

    /// Something changed that decides what runs here: who leads, or what is served.
    public void look() {
        dirty.release();
    }

    private void run() {
        try {
            while (!closed) {
                dirty.acquire();
                dirty.drainPermits();
                try {
                    if (filled && !closed) {
                        reconcile();
                    }
                } catch (RuntimeException e) {
                    LOG.atError().setCause(e).log("EventSources could not be brought to what is wanted");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reconcile() {
        var sources = wanted;
        // Asked once: who gains the lead meanwhile must not take a source that ran elsewhere for one that is gone.
        boolean leading = leads.getAsBoolean();
        var plans = new HashMap<SourceId, SourceRun.Plan>();
        sources.forEach((name, source) -> source.plan()
                .filter(plan -> leading || plan.type().runsOnEveryReplica())
                .ifPresent(plan -> plans.put(new SourceId(name, source.stored().uid(), plan.type().name()),
                        SourceRun.Plan.of(plan, source))));
        stopAllBut(plans, leading);
        conditions.retain(leading
                ? sources.keySet()
                : plans.keySet().stream().map(SourceId::name).collect(Collectors.toSet()));
        if (leading) {
            sources.forEach(this::tellWhyItRests);
        }
        plans.forEach((id, plan) -> {
            if (!running.containsKey(id.name())) {
                var run = new SourceRun(id, plan, generation(sources, id), surroundings);
                running.put(id.name(), run);
                run.start();
            }
        });
        meters.running(running.size());
        var uids = new HashSet<>(rememberers);
        sources.values().forEach(source -> uids.add(source.stored().uid()));
        if (leading && !uids.equals(known)) {
            forgetAllBut(uids);
            known = uids;
        }
    }

    private static long generation(Map<ObjectName, ServedSource> sources, SourceId id) {
        return Objects.requireNonNull(sources.get(id.name())).stored().generation();
    }

    /// What does not run says so: it may have been connected before.
    private void tellWhyItRests(ObjectName name, ServedSource source) {
        if (source.plan().isEmpty()) {
            conditions.say(new SourceId(name, source.stored().uid(), ""), source.suspended()
                    ? new SourceHealth.Disconnected("Suspended", "spec.suspend is true")
                    : new SourceHealth.Disconnected("NotReady", "it does not run: see the condition Ready"), Map.of());
        }
    }

    private void stopAllBut(Map<SourceId, SourceRun.Plan> plans, boolean leading) {
        for (var run : List.copyOf(running.values())) {
            var plan = plans.get(run.id());
            if (plan == null || !run.isOf(run.id(), plan)) {
                run.close();
                running.remove(run.id().name());
                if (plan == null && (leading || run.type().runsOnEveryReplica())) {
                    run.withdraw();
                }
            }
        }
    }

    /// The memory of EventSources that are deleted goes.
    private void forgetAllBut(Set<String> uids) {
        var gone = new HashSet<>(journal.sourcesRemembered());
        gone.removeAll(uids);
        for (var uid : gone) {
            LOG.atInfo().addKeyValue("uid", uid)
                    .log("EventSource or Trigger was deleted; what it remembered goes with it");
            journal.forget(uid).whenComplete((_, failure) -> {
                if (failure != null) {
                    LOG.atWarn().addKeyValue("uid", uid).addKeyValue("error", failure.toString())
                            .log("What a deleted EventSource or Trigger remembered could not be removed; it is tried again later");
                }
            });
        }
    }

    /// Stops them all.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            if (thread.isAlive()) {
                thread.join(TimeUnit.SECONDS.toMillis(CLOSE_WAIT_SECONDS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var closing = running.values().stream().map(run -> Thread.startVirtualThread(run::close)).toList();
        for (var one : closing) {
            try {
                one.join(TimeUnit.SECONDS.toMillis(CLOSE_WAIT_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
        conditions.close();
    }
}
