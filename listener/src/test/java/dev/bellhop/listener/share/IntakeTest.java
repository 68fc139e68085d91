package dev.bellhop.listener.share;

import static dev.bellhop.listener.share.Served.lane;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import dev.bellhop.listener.journal.Backlog;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.share.Intake.TooMuch;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Lane PUSH = lane("team-a/push");
    private static final Lane TAG = lane("team-a/tag");
    private static final Lane OTHER = lane("team-b/push");

    private final Map<Lane, Backlog.Waiting> waiting = new HashMap<>();
    private final Backlog backlog = new Backlog() {
        @Override
        public Waiting ofTenant(String tenant) {
            return waiting.entrySet().stream().filter(entry -> entry.getKey().tenant().equals(tenant))
                    .map(Map.Entry::getValue).reduce(Waiting.NOTHING,
                            (a, b) -> new Waiting(a.deliveries() + b.deliveries(), a.bytes() + b.bytes()));
        }

        @Override
        public Waiting ofLane(Lane lane) {
            return waiting.getOrDefault(lane, Waiting.NOTHING);
        }
    };
    private Rules rules = Rules.NONE;
    private long nanos;

    private Intake intake(String limits, String ofPush) {
        rules = new Served(limits).with("team-a/push", ofPush).with("team-a/tag", "").with("team-b/push", "").rules();
        return new Intake(() -> rules, backlog, () -> nanos);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void takesEverythingWhereNothingIsLimited() {
        var intake = intake("{}", "");
        IntStream.range(0, 1_000).forEach(_ -> assertThat(intake.take(List.of(PUSH), 100)).isEmpty());
        assertThat(intake.turnAway("team-a", Optional.of(PUSH))).isEmpty();
    }

    @Test
    void takesTheBurstThenTheRateAndSaysWhenThereIsRoom() {
        var intake = intake("{perNamespace: {eventsPerSecond: 4, burst: 2}}", "");
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        assertThat(intake.take(List.of(TAG), 100)).isEmpty();

        var tooMuch = intake.take(List.of(PUSH), 100);

        assertThat(tooMuch).map(TooMuch::retryAfter).contains(Duration.ofMillis(250));
        assertThat(tooMuch.orElseThrow().why()).contains("namespace 'team-a'", "eventsPerSecond");
        assertThat(intake.take(List.of(OTHER), 100)).as("another namespace").isEmpty();
        pass(Duration.ofMillis(250));
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
    }

    @Test
    void refusesAnEventOnlyWhenItIsTooMuchForEveryOneWhoWantsIt() {
        var intake = intake("{perNamespace: {eventsPerSecond: 1, burst: 1}}", "");
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        assertThat(intake.take(List.of(PUSH, OTHER), 100)).as("still something for the other").isEmpty();
        assertThat(intake.take(List.of(PUSH, OTHER), 100)).isPresent();
    }

    @Test
    void aTriggersOwnLimitHoldsForItAlone() {
        var intake = intake("{}", ", limits: {eventsPerSecond: 1, burst: 1}");
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        assertThat(intake.take(List.of(PUSH), 100).orElseThrow().why()).contains("Trigger team-a/push");
        assertThat(intake.take(List.of(TAG), 100)).isEmpty();
    }

    @Test
    void refusesWhatWouldMakeAQueueTooLong() {
        var intake = intake("{perNamespace: {queuedEvents: 10, queuedBytes: 1000}}", "");
        waiting.put(PUSH, new Backlog.Waiting(9, 900));
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        assertThat(intake.take(List.of(PUSH), 101).orElseThrow().why()).contains("queuedBytes");
        waiting.put(TAG, new Backlog.Waiting(1, 0));
        assertThat(intake.take(List.of(PUSH), 1).orElseThrow().why()).contains("queuedEvents");
        assertThat(intake.take(List.of(OTHER), 1)).isEmpty();
    }

    @Test
    void saysOfAFullQueueWhenThereWillBeRoomIfItGoesOnAsItDid() {
        var intake = intake("{perNamespace: {queuedEvents: 10}}", "");
        waiting.put(PUSH, new Backlog.Waiting(10, 0));
        assertThat(intake.take(List.of(PUSH), 1)).as("nothing was measured yet").map(TooMuch::retryAfter)
                .contains(Duration.ofSeconds(10));
        waiting.put(PUSH, new Backlog.Waiting(8, 0));
        pass(Duration.ofSeconds(10));
        IntStream.range(0, 2).forEach(_ -> assertThat(intake.take(List.of(PUSH), 1)).isEmpty());
        waiting.put(PUSH, new Backlog.Waiting(10, 0));

        // Two in ten seconds were done: one takes five.
        assertThat(intake.take(List.of(PUSH), 1)).map(TooMuch::retryAfter).contains(Duration.ofSeconds(5));

        pass(Duration.ofMinutes(10));
        assertThat(intake.take(List.of(PUSH), 1)).as("nothing is done any more").map(TooMuch::retryAfter)
                .contains(Duration.ofSeconds(60));
    }

    @Test
    void turnsAwayUnreadWhatANamespaceSendsTooMuchButLooksAtOneNowAndThen() {
        var intake = intake("{perNamespace: {eventsPerSecond: 1, burst: 1}}", "");
        assertThat(intake.turnAway("team-a", Optional.empty())).isEmpty();
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();

        assertThat(intake.turnAway("team-a", Optional.empty())).as("the first is looked at").isEmpty();
        assertThat(intake.turnAway("team-a", Optional.empty())).map(TooMuch::retryAfter)
                .contains(Duration.ofSeconds(1));
        assertThat(intake.turnAway("team-b", Optional.empty())).isEmpty();
        pass(Duration.ofMillis(100));
        assertThat(intake.turnAway("team-a", Optional.empty())).as("one more is").isEmpty();
        assertThat(intake.turnAway("team-a", Optional.empty())).isPresent();
    }

    @Test
    void turnsAwayUnreadWhatIsForOneTriggerThatGetsTooMuch() {
        var intake = intake("{}", ", limits: {eventsPerSecond: 1, burst: 1}");
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        intake.turnAway("team-a", Optional.of(PUSH));

        assertThat(intake.turnAway("team-a", Optional.of(PUSH))).isPresent();
        assertThat(intake.turnAway("team-a", Optional.of(TAG))).isEmpty();
        assertThat(intake.turnAway("team-a", Optional.empty())).as("others of the namespace may want it").isEmpty();
    }

    @Test
    void forgetsTriggersThatAreGone() {
        var intake = intake("{perTrigger: {eventsPerSecond: 0.001, burst: 1}}", "");
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
        intake.retain(Rules.NONE);
        assertThat(intake.take(List.of(PUSH), 100)).isEmpty();
    }
}
