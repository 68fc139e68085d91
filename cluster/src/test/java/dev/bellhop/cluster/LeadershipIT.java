package dev.bellhop.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.bellhop.api.ObjectName;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Who leads, and how soon another does when that one stops.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class LeadershipIT {
    private static final ObjectName LEASE = new ObjectName("bellhop-system", "bellhop-listener");
    /// Renewed far more often than it has to be, so that a renewal is often under way when the holder stops.
    private static final LeaseTimes BUSY = new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10),
            Duration.ofMillis(50));
    private static InstalledCluster cluster;

    @SuppressWarnings("unused")
    LeadershipIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) {
        cluster = new InstalledCluster(server);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        cluster.close();
    }

    @Test
    void nobodyHoldsTheLeaseOfOneThatStopped() {
        for (int i = 0; i < 20; i++) {
            try (var client = cluster.shipped("bellhop-listener")) {
                var told = new CopyOnWriteArrayList<Boolean>();
                var leadership = new Leadership(client, LEASE, "one-" + i, BUSY, told::add);
                leadership.start();
                await().atMost(Duration.ofSeconds(5)).until(leadership::leads);
                assertThat(holder()).contains("one-" + i);
                leadership.close();
                assertThat(holder()).isEmpty();
                assertThat(leadership.leads()).isFalse();
                assertThat(told).containsExactly(true, false);
            }
        }
    }

    @Test
    void anotherLeadsLongBeforeTheLeaseWouldHaveEnded() {
        try (var client = cluster.shipped("bellhop-listener")) {
            var waiting = new ArrayList<Leadership>();
            for (var name : List.of("first", "second", "third")) {
                var leadership = new Leadership(client, LEASE, name, LeaseTimes.USUAL, _ -> {});
                leadership.start();
                waiting.add(leadership);
                await().atMost(Duration.ofSeconds(5)).until(() -> waiting.getFirst().leads());
            }
            while (waiting.size() > 1) {
                waiting.removeFirst().close();
                // Its retry period is 2 s, and up to 4.4 s with the jitter.
                await().atMost(LeaseTimes.USUAL.lease().dividedBy(2))
                        .until(() -> waiting.stream().anyMatch(Leadership::leads));
                waiting.sort((one, other) -> Boolean.compare(other.leads(), one.leads()));
            }
            waiting.getFirst().close();
        }
    }

    private static Optional<String> holder() {
        @Nullable
        LeaseSpec spec = cluster.admin().leases().inNamespace(LEASE.namespace()).withName(LEASE.name()).get().getSpec();
        return Optional.ofNullable(spec).map(LeaseSpec::getHolderIdentity).filter(holder -> !holder.isEmpty());
    }
}
