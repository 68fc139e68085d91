package dev.bellhop.cluster;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.bellhop.api.ObjectName;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElector;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The right to do what one process of a cluster at a time may do: whoever holds a Lease has it. One that lost it contends again.
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
    private static final Duration RENEWAL_WAIT = Duration.ofSeconds(1);
    private static final Duration RELEASE_WAIT = Duration.ofSeconds(3);

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final KubernetesClient client;
    private final ObjectName lease;
    private final String identity;
    private final LeaseTimes times;
    private final Consumer<Boolean> onChange;
    private volatile boolean leads;
    private boolean closed;
    private @Nullable CompletableFuture<?> current;

    /// `onChange` is told true each time the lease has been won and false each time it is lost; it must not block. The client's
    /// identity needs get, create and update on the Lease.
    public Leadership(KubernetesClient client, ObjectName lease, String identity, LeaseTimes times,
            Consumer<Boolean> onChange) {
        this.client = client;
        this.lease = lease;
        this.identity = identity;
        this.times = times;
        this.onChange = onChange;
    }

    /// Contends for the lease until closed.
    public void start() {
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
                times.renewDeadline(), times.retry(), new LeaderCallbacks(this::won, this::lost, _ -> {}), false,
                lease.name());
        var contest = new LeaderElector(client, config, executor).start();
        current = contest;
        return Optional.of(contest);
    }

    /// Whether this process has the right now.
    public boolean leads() {
        return leads;
    }

    /// Releases the lease, so that another process has it within its retry period. When the API server does not answer
    /// soon, the lease is left to end by itself: a process that is told to stop must stop.
    @Override
    public void close() {
        CompletableFuture<?> last;
        synchronized (this) {
            closed = true;
            last = current;
        }
        boolean led = leads;
        leads = false;
        try {
            if (last != null) {
                // It waits for a renewal that is under way.
                Thread.ofVirtual().start(() -> last.cancel(true)).join(RENEWAL_WAIT);
            }
            executor.shutdownNow();
            // A renewal that is told of after the release would take the lease again.
            boolean ended = executor.awaitTermination(RENEWAL_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            var release = CompletableFuture.runAsync(this::release, Thread::startVirtualThread);
            release.get(RELEASE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (led && !ended) {
                notReleased("a renewal is still under way");
            }
        } catch (TimeoutException e) {
            if (led) {
                notReleased("the API server does not answer");
            }
        } catch (ExecutionException e) {
            if (led) {
                notReleased(String.valueOf(e.getCause()));
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void notReleased(String why) {
        LOG.atWarn().addKeyValue("lease", lease).addKeyValue("lasts", times.lease()).addKeyValue("why", why)
                .log("The lease could not be released: another process has it when its time is over");
    }

    /// The elector's own release leaves the holder in the Lease when a renewal is under way: seen in the first of twenty tries.
    private void release() {
        var leases = client.leases().inNamespace(lease.namespace()).withName(lease.name());
        while (true) {
            var held = leases.get();
            if (held == null || !identity.equals(held.getSpec().getHolderIdentity())) {
                return;
            }
            var free = new LeaseBuilder(held).editSpec().withHolderIdentity(null).withLeaseDurationSeconds(1).endSpec()
                    .build();
            try {
                client.resource(free).lockResourceVersion().update();
                return;
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    private void won() {
        leads = true;
        LOG.atInfo().addKeyValue("lease", lease).addKeyValue("identity", identity)
                .log("Leading");
        onChange.accept(true);
    }

    private void lost() {
        leads = false;
        onChange.accept(false);
        LOG.atInfo().addKeyValue("lease", lease).addKeyValue("identity", identity)
                .log("No longer leading: another process may");
    }
}
