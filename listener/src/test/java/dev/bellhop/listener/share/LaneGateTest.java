package dev.bellhop.listener.share;

import static dev.bellhop.listener.share.Served.lane;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.ManualClock;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;
import org.junit.jupiter.api.Test;

class LaneGateTest {
    private static final Lane PUSH = lane("team-a/push");
    private static final Lane TAG = lane("team-a/tag");
    private static final Lane OTHER = lane("team-b/push");

    private final ManualClock clock = new ManualClock();
    private final Breaker server = new Breaker(new Random(1));
    private Rules rules = Rules.NONE;

    private LaneGate gate(String limits, String ofPush) {
        rules = new Served(limits).with("team-a/push", ofPush).with("team-a/tag", "").with("team-b/push", "").rules();
        return new LaneGate(() -> rules, server, clock);
    }

    private static boolean enters(LaneGate gate, Lane lane) {
        return gate.tryEnter(lane, Optional.empty());
    }

    @Test
    void letsRunWhatNothingLimits() {
        var gate = gate("{}", "");
        for (int i = 0; i < 1_000; i++) {
            assertThat(enters(gate, PUSH)).isTrue();
        }
    }

    @Test
    void holdsANamespaceToWhatItMayRunAtOnce() {
        var gate = gate("{perNamespace: {concurrency: 2}}", "");
        assertThat(enters(gate, PUSH)).isTrue();
        assertThat(enters(gate, TAG)).isTrue();
        assertThat(enters(gate, TAG)).isFalse();
        assertThat(enters(gate, OTHER)).as("another namespace").isTrue();

        gate.leave(PUSH, Optional.empty());

        assertThat(enters(gate, TAG)).isTrue();
        assertThat(enters(gate, TAG)).isFalse();
    }

    @Test
    void holdsATriggerToWhatItMayRunAtOnce() {
        var gate = gate("{}", ", limits: {concurrency: 1}");
        assertThat(enters(gate, PUSH)).isTrue();
        assertThat(enters(gate, PUSH)).isFalse();
        assertThat(enters(gate, TAG)).isTrue();
    }

    @Test
    void whatDidNotEnterTakesNoPlace() {
        var gate = gate("{perNamespace: {concurrency: 1}}", "");
        assertThat(enters(gate, PUSH)).isTrue();
        assertThat(enters(gate, PUSH)).isFalse();
        gate.leave(PUSH, Optional.empty());
        assertThat(enters(gate, PUSH)).isTrue();
    }

    @Test
    void holdsASuspendedTriggerBackUntilItIsResumed() {
        var gate = gate("{}", ", suspend: true");
        assertThat(enters(gate, PUSH)).isFalse();
        assertThat(enters(gate, TAG)).isTrue();
        rules = new Served("{}").with("team-a/push", "").rules();
        assertThat(enters(gate, PUSH)).isTrue();
    }

    @Test
    void givesATriggerARestWhoseTriesAllFail() {
        var gate = gate("{}", "");
        for (int i = 0; i < Breaker.FAILURES; i++) {
            assertThat(enters(gate, PUSH)).isTrue();
            fail(gate, PUSH);
        }
        assertThat(enters(gate, PUSH)).isFalse();
        assertThat(enters(gate, TAG)).isTrue();

        clock.advance(Duration.ofSeconds(2));
        assertThat(enters(gate, PUSH)).as("a probe").isTrue();
        assertThat(enters(gate, PUSH)).as("one at a time").isFalse();
        gate.tried(tried(PUSH, new Outcome.Done(List.of())));
        gate.leave(PUSH, Optional.empty());
        assertThat(enters(gate, PUSH)).isTrue();
        assertThat(enters(gate, PUSH)).isTrue();
    }

    @Test
    void whatIsGivenUpForGoodIsNoReasonToRest() {
        var gate = gate("{}", "");
        for (int i = 0; i < 2 * Breaker.FAILURES; i++) {
            assertThat(enters(gate, PUSH)).isTrue();
            gate.tried(tried(PUSH, new Outcome.Dead("create", "forbidden", List.of())));
            gate.leave(PUSH, Optional.empty());
        }
        assertThat(enters(gate, PUSH)).isTrue();
    }

    @Test
    void holdsEveryoneBackWhileTheApiServerIsDownButForOneProbe() {
        var gate = gate("{}", "");
        for (int i = 0; i < Breaker.FAILURES; i++) {
            server.failed(clock.instant());
        }
        assertThat(enters(gate, PUSH)).isFalse();
        assertThat(enters(gate, OTHER)).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(enters(gate, PUSH)).isTrue();
        assertThat(enters(gate, OTHER)).isFalse();
        server.succeeded();
        assertThat(enters(gate, OTHER)).isTrue();
    }

    @Test
    void aTriggerThatProbesWhileTheApiServerIsDownMayProbeAgain() {
        var gate = gate("{}", "");
        for (int i = 0; i < Breaker.FAILURES; i++) {
            enters(gate, PUSH);
            fail(gate, PUSH);
        }
        clock.advance(Duration.ofSeconds(2));
        for (int i = 0; i < Breaker.FAILURES; i++) {
            server.failed(clock.instant());
        }
        assertThat(enters(gate, PUSH)).as("the API server rests").isFalse();
        server.succeeded();
        assertThat(enters(gate, PUSH)).as("its own probe was not used up").isTrue();
    }

    @Test
    void forgetsHowTriggersFailedThatAreGone() {
        var gate = gate("{}", "");
        for (int i = 0; i < Breaker.FAILURES; i++) {
            enters(gate, PUSH);
            fail(gate, PUSH);
        }
        assertThat(enters(gate, PUSH)).isFalse();
        gate.retain(Rules.NONE);
        assertThat(enters(gate, PUSH)).isTrue();
    }

    private void fail(LaneGate gate, Lane lane) {
        gate.tried(tried(lane, new Outcome.RetryAt(clock.instant(), "create", "busy", List.of())));
        gate.leave(lane, Optional.empty());
    }

    private Tried tried(Lane lane, Outcome outcome) {
        var event = Samples.event(clock, "n");
        var delivery = new Delivery(DeliveryId.of(event.id(), 1), event, Samples.LISTENER, lane.trigger(),
                lane.triggerUid(), Samples.none(), Optional.empty(), Optional.empty(), Optional.empty(), 1, List.of());
        return new Tried(delivery, Instant.EPOCH, Instant.EPOCH, outcome);
    }
}
