package dev.bellhop.controller;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.ControllerSettings.LeaseTimes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to write, which at most one controller of a cluster has: it holds a Lease. One that lost it contends again.
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration RELEASE_WAIT = Duration.ofSeconds(3);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesClient client;
    private final ObjectName lease;
    private final String identity;
    private final LeaseTimes times;
    private final Runnable onStart;
    private final ControllerMetrics metrics;
    private volatile boolean leads;
    private boolean closed;
    private @Nullable CompletableFuture<?> current;

    /// `onStart` is called each time the lease has been won.
    Leadership(KubernetesClient client, ObjectName lease, String identity, LeaseTimes times, Runnable onStart,
            ControllerMetrics metrics) {
        this.client = client;
        this.lease = lease;
        this.identity = identity;
        this.times = times;
        this.onStart = onStart;
        this.metrics = metrics;
    }

    /// Contends for the lease until closed.
    void start() {
        executor.execute(() -> {
            var contest = contest();
            while (contest.isPresent()) {
                try {
                    contest.get().join();
                } catch (CancellationException | CompletionException e) {
                    LOG.atDebug().addKeyValue("lease", lease).addKeyValue("error", e.toString())
                            .log("A contest for the lease ended");
                }
                contest = contest();
            }
        });
    }

    private synchronized Optional<CompletableFuture<?>> contest() {
        if (closed) {
            return Optional.empty();
        }
        var config = new LeaderElectionConfig(new LeaseLock(lease.namespace(), lease.name(), identity), times.lease(),
                times.renewDeadline(), times.retry(), new LeaderCallbacks(this::won, this::lost, _ -> {}), true,
                lease.name());
        var contest = new LeaderElector(client, config, executor).start();
        current = contest;
        return Optional.of(contest);
    }

    /// Whether this controller has the right to write now.
    boolean leads() {
        return leads;
    }

    /// Releases the lease, so that another controller has it within its retry period. When the API server does not answer
    /// soon, the lease is left to end by itself: a controller that is told to stop must stop.
    @Override
    public void close() {
        CompletableFuture<?> last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        leads = false;
        try {
            boolean released = last == null
                    || Thread.ofVirtual().start(() -> last.cancel(true)).join(RELEASE_WAIT);
            executor.shutdownNow();
            if (!released || !executor.awaitTermination(RELEASE_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.atWarn().addKeyValue("lease", lease).addKeyValue("lasts", times.lease())
                        .log("The lease could not be released: another controller has it when its time is over");
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void won() {
        leads = true;
        metrics.leads(true);
        LOG.atInfo().addKeyValue("lease", lease).addKeyValue("identity", identity)
                .log("Leading: this controller writes");
        onStart.run();
    }

    private void lost() {
        leads = false;
        metrics.leads(false);
        LOG.atInfo().addKeyValue("lease", lease).addKeyValue("identity", identity)
                .log("No longer leading: another may write");
    }
}
