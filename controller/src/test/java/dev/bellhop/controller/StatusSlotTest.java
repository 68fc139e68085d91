package dev.bellhop.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.bellhop.api.EventListenerStatus;
import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.StatusSlot.Seen;
import dev.bellhop.controller.StatusSlot.Wish;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusSlotTest {
    private static final String UID = "uid-1";

    private final StatusSlot<EventListenerStatus> slot = new StatusSlot<>(StatusType.LISTENER,
            new ObjectName("a", "b"));

    @Test
    void wantsNothingWrittenWhenTheClusterSaysItAlready() {
        assertThat(slot.want(wish(2), seen("10", timed(status(2))))).isFalse();
    }

    @Test
    void wantsAWriteWhenTheClusterSaysSomethingElse() {
        assertThat(slot.want(wish(2), seen("10", timed(status(1))))).isTrue();
        assertThat(slot.next().orElseThrow().wish()).isEqualTo(wish(2));
    }

    @Test
    void ignoresConditionsOfOthers() {
        var both = new EventListenerStatus(1L, null, 2, List.of(new ConditionBuilder().withType("Reachable").build(),
                timed(status(2)).conditions().getFirst()));
        assertThat(slot.want(wish(2), seen("10", both))).isFalse();
    }

    @Test
    void doesNotWriteTwiceWhileTheMirrorIsBehindTheWrite() {
        slot.want(wish(2), seen("10", null));
        var write = slot.next().orElseThrow();
        slot.written(write, "12");
        assertThat(slot.next()).isEmpty();
        assertThat(slot.want(wish(2), seen("11", null))).isFalse();
        assertThat(slot.want(wish(2), seen("13", null))).as("somebody else removed it").isTrue();
    }

    @Test
    void theNewestWishWinsOverOlderOnes() {
        slot.want(wish(1), seen("10", null));
        assertThat(slot.want(wish(2), seen("10", null))).as("one worker is enough").isFalse();
        assertThat(slot.want(wish(3), seen("10", null))).isFalse();
        assertThat(slot.next().orElseThrow().wish()).isEqualTo(wish(3));
    }

    @Test
    void aWishThatComesDuringAWriteIsNext() {
        slot.want(wish(1), seen("10", null));
        var first = slot.next().orElseThrow();
        slot.want(wish(2), seen("10", null));
        slot.written(first, "11");
        assertThat(slot.next().orElseThrow().wish()).isEqualTo(wish(2));
    }

    @Test
    void aFailedWriteIsTriedAgainUnlessThereIsANewerWish() {
        slot.want(wish(1), seen("10", null));
        slot.failed(slot.next().orElseThrow());
        var again = slot.next().orElseThrow();
        assertThat(again.wish()).isEqualTo(wish(1));
        slot.want(wish(2), seen("10", null));
        slot.failed(again);
        assertThat(slot.next().orElseThrow().wish()).isEqualTo(wish(2));
    }

    @Test
    void waitsLongerAfterEachFailureButNotForever() {
        slot.want(wish(1), seen("10", null));
        long last = 0;
        for (int i = 0; i < 20; i++) {
            last = slot.failed(slot.next().orElseThrow()).toMillis();
            assertThat(last).isBetween(200L, 15_000L);
        }
        assertThat(last).isGreaterThanOrEqualTo(10_000);
    }

    @Test
    void anotherObjectOfTheSameNameHasNoStatusYet() {
        slot.want(wish(1), seen("10", null));
        slot.written(slot.next().orElseThrow(), "12");
        slot.next();
        assertThat(slot.want(new Wish<>("uid-2", status(1)), seen("11", null))).isTrue();
    }

    @Test
    void writesTheStatusOfAnUnreadableObjectOnce() {
        var unreadable = new Seen<EventListenerStatus>("10", false, null);
        slot.want(wish(1), unreadable);
        slot.written(slot.next().orElseThrow(), "11");
        slot.next();
        assertThat(slot.want(wish(1), new Seen<>("99", false, null))).isFalse();
    }

    @Test
    void theTimeOfTransitionIsKeptUnlessReadinessChanges() {
        var before = timed(status(1));
        assertThat(time(StatusType.LISTENER.complete(status(2), before, "2026-02-02T00:00:00Z")))
                .isEqualTo("2026-01-01T00:00:00Z");
        var notReady = new EventListenerStatus(1L, null, 1, List.of(ready("False", null)));
        assertThat(time(StatusType.LISTENER.complete(notReady, before, "2026-02-02T00:00:00Z")))
                .isEqualTo("2026-02-02T00:00:00Z");
        assertThat(time(StatusType.LISTENER.complete(status(1), null, "2026-02-02T00:00:00Z")))
                .isEqualTo("2026-02-02T00:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({"9, 10, true", "10, 9, false", "10, 10, false", "99, 100, true", "abc, 10, false", "10, abc, false"})
    void resourceVersionsCountUp(String a, String b, boolean older) {
        assertThat(StatusSlot.isOlder(a, b)).isEqualTo(older);
    }

    private static String time(EventListenerStatus status) {
        return status.conditions().getFirst().getLastTransitionTime();
    }

    private static Wish<EventListenerStatus> wish(int triggers) {
        return new Wish<>(UID, status(triggers));
    }

    private static Seen<EventListenerStatus> seen(String version, EventListenerStatus status) {
        return new Seen<>(version, true, status);
    }

    private static EventListenerStatus status(int triggers) {
        return new EventListenerStatus(1L, null, triggers, List.of(ready("True", null)));
    }

    private static EventListenerStatus timed(EventListenerStatus status) {
        return new EventListenerStatus(status.observedGeneration(), status.address(), status.triggers(),
                List.of(ready("True", "2026-01-01T00:00:00Z")));
    }

    private static Condition ready(String status, String time) {
        return new ConditionBuilder().withType("Ready").withStatus(status).withLastTransitionTime(time).build();
    }
}
