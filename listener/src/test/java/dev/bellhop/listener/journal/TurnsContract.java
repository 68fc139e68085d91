package dev.bellhop.listener.journal;

import static dev.bellhop.listener.journal.Samples.accepted;
import static dev.bellhop.listener.journal.Samples.append;
import static dev.bellhop.listener.journal.Samples.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Who is next in every journal: tenants in turn by weight, a tenant's Triggers in turn, and only whom the gate lets pass.
public abstract class TurnsContract extends JournalFixture {
    /// Keeps some Triggers shut and remembers who entered.
    private static final class TestGate implements Gate {
        private final Set<String> shut = ConcurrentHashMap.newKeySet();
        private final List<String> entered = new CopyOnWriteArrayList<>();
        private final List<String> left = new CopyOnWriteArrayList<>();

        @Override
        public boolean tryEnter(Lane lane, Optional<String> concurrencyKey) {
            return !shut.contains(lane.trigger().toString()) && entered.add(lane.trigger().toString());
        }

        @Override
        public void leave(Lane lane, Optional<String> concurrencyKey) {
            left.add(lane.trigger().toString());
        }

        @Override
        public int weight(String tenant) {
            return tenant.equals("heavy") ? 3 : 1;
        }
    }

    private final TestGate gate = new TestGate();

    private void flood(String trigger, int count) {
        IntStream.range(0, count).mapToObj(i -> journal.append(accepted(event(clock, "n" + i), trigger))).toList()
                .forEach(Samples::await);
    }

    private List<String> claimThroughGate(int max) throws InterruptedException {
        return journal.claim(max, gate, Duration.ofSeconds(5)).stream().map(d -> d.trigger().toString()).toList();
    }

    @Test
    void takesTenantsInTurn() throws Exception {
        flood("noisy/build", 3_000);
        flood("quiet/build", 1);

        assertThat(claimThroughGate(2)).containsExactlyInAnyOrder("noisy/build", "quiet/build");
    }

    @Test
    void takesTheTriggersOfATenantInTurn() throws Exception {
        flood("team-a/noisy", 3_000);
        flood("team-a/quiet", 1);

        assertThat(claimThroughGate(2)).containsExactlyInAnyOrder("team-a/noisy", "team-a/quiet");
    }

    @Test
    void givesATenantAsMuchAsItWeighs() throws Exception {
        flood("heavy/build", 50);
        flood("light/build", 50);

        var claimed = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            claimed.addAll(claimThroughGate(5));
        }
        assertThat(claimed.stream().filter("heavy/build"::equals)).hasSize(15);
    }

    @Test
    void aShutTriggerHidesNoOtherOfItsTenantAndKeepsItsEvents() throws Exception {
        gate.shut.add("team-a/suspended");
        flood("team-a/suspended", 3_000);
        flood("team-a/build", 2);

        assertThat(claimThroughGate(10)).containsExactly("team-a/build", "team-a/build");
        assertThat(journal.claim(10, gate, Duration.ofMillis(50))).isEmpty();
        assertThat(journal.backlog().ofTenant("team-a").deliveries()).isEqualTo(3_002);
        gate.shut.clear();
        assertThat(claimThroughGate(10)).hasSize(10).containsOnly("team-a/suspended");
        assertThat(gate.entered).hasSize(12);
        assertThat(gate.left).isEmpty();
    }

    @Test
    void looksAgainWhenTheGateChanged() throws Exception {
        gate.shut.add("team-a/build");
        flood("team-a/build", 1);
        var waiting = ForkJoinPool.commonPool().submit(() -> journal.claim(1, gate, SOON));
        Awaitility.await().during(Duration.ofMillis(50)).until(() -> !waiting.isDone());

        gate.shut.clear();
        journal.gateChanged();
        assertThat(waiting.get()).hasSize(1);
    }

    @Test
    void aBlockedConcurrencyKeyHidesNoOtherKeyOfItsTrigger() throws Exception {
        for (int i = 0; i < 200; i++) {
            append(journal, Samples.keyed(event(clock, "n"), "team-a/build", Optional.empty(),
                    Optional.of(new Concurrency("pr-1", Concurrency.Policy.QUEUE))));
        }
        append(journal, accepted(event(clock, "free"), "team-a/build"));

        assertThat(journal.claim(10, gate, Duration.ofSeconds(5))).extracting(Delivery::concurrency)
                .containsExactly(Optional.of(new Concurrency("pr-1", Concurrency.Policy.QUEUE)), Optional.empty());
    }
}
