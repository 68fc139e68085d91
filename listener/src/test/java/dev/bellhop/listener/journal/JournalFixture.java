package dev.bellhop.listener.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A journal for each test of a contract. An engine has one test class for each contract, which opens its journal.
public abstract class JournalFixture {
    protected static final Duration SOON = Duration.ofSeconds(20);
    protected static final ObjectRef POD = new ObjectRef("v1", "Pod", "team-a", "build-1", "u1");
    protected static final ObjectRef JOB = new ObjectRef("batch/v1", "Job", "team-a", "build-2", "u2");

    protected final ManualClock clock = new ManualClock();
    protected Journal journal;

    /// Opens the journal of this test: each time the same one.
    protected abstract Journal open() throws Exception;

    @BeforeEach
    void openIt() throws Exception {
        journal = open();
    }

    @AfterEach
    void closeIt() {
        journal.close();
    }

    protected void restart() throws Exception {
        journal.close();
        journal = open();
    }

    protected List<Delivery> claim(int max) throws InterruptedException {
        return journal.claim(max, Gate.OPEN, SOON);
    }

    /// Claims until it has so many; a claim may give less than there are.
    protected List<Delivery> claimAll(int count) throws InterruptedException {
        var all = new ArrayList<Delivery>();
        while (all.size() < count) {
            var some = claim(count - all.size());
            assertThat(some).as("after %s of %s deliveries", all.size(), count).isNotEmpty();
            all.addAll(some);
        }
        return all;
    }

    protected Delivery claimOne() throws InterruptedException {
        return claim(1).getFirst();
    }

    protected void assertNothingDue() throws InterruptedException {
        assertThat(journal.claim(10, Gate.OPEN, Duration.ofMillis(50))).isEmpty();
    }

    protected DeliverySummary summary(DeliveryId id) {
        return journal.get(id).orElseThrow().summary();
    }

    protected DeliveryState state(DeliveryId id) {
        return summary(id).state();
    }

    protected void settle(Delivery delivery, Outcome outcome) {
        Samples.settle(journal, clock, delivery, outcome);
    }

    protected List<DeliveryId> listed(DeliveryQuery query) {
        return journal.list(query).deliveries().stream().map(DeliverySummary::id).toList();
    }

    protected static Outcome done() {
        return new Outcome.Done(List.of());
    }

    protected static Outcome dead() {
        return new Outcome.Dead("act", "forbidden", List.of());
    }

    protected Outcome retryNow() {
        return new Outcome.RetryAt(clock.instant(), "act", "busy", List.of());
    }
}
