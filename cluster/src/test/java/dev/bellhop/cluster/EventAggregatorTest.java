package dev.bellhop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cluster.EventAggregator.Recount;
import org.junit.jupiter.api.Test;

class EventAggregatorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Regarding PUSH = Regarding.trigger(new ObjectName("team-a", "push"), "uid-1");
    private static final Regarding TAG = Regarding.trigger(new ObjectName("team-a", "tag"), "uid-2");

    private final EventAggregator aggregator = new EventAggregator(100);

    @Test
    void createsOneEventForTheFirstOccurrenceAndCountsTheRest() {
        var series = aggregator.add(PUSH, filtered("by cel"), START).orElseThrow();
        aggregator.created(series);
        assertThat(aggregator.add(PUSH, filtered("by cel"), START.plusSeconds(1))).isEmpty();
        assertThat(aggregator.add(PUSH, filtered("by cel"), START.plusSeconds(2))).isEmpty();

        assertThat(aggregator.due(START.plusSeconds(4))).as("too early").isEmpty();
        assertThat(aggregator.due(START.plusSeconds(5)))
                .containsExactly(new Recount(series, 3, START.plusSeconds(2)));
        assertThat(aggregator.due(START.plusSeconds(60))).as("nothing new").isEmpty();
    }

    @Test
    void keepsSeriesApartByObjectReasonAndNoteKey() {
        assertThat(aggregator.add(PUSH, filtered("by cel"), START)).isPresent();
        assertThat(aggregator.add(TAG, filtered("by cel"), START)).isPresent();
        assertThat(aggregator.add(PUSH, filtered("by github"), START)).isPresent();
        assertThat(aggregator.add(PUSH, new Occurrence(Occurrence.Type.Warning, "Refused", "Refuse", "by cel"), START))
                .isPresent();
    }

    @Test
    void countsDifferentNotesWithTheSameKeyTogether() {
        assertThat(
                aggregator.add(PUSH, new Occurrence(Occurrence.Type.Normal, "Triggered", "Create", "run-1", ""), START))
                .isPresent();
        assertThat(
                aggregator.add(PUSH, new Occurrence(Occurrence.Type.Normal, "Triggered", "Create", "run-2", ""), START))
                .isEmpty();
    }

    @Test
    void startsANewSeriesTenMinutesAfterTheLastOccurrence() {
        var first = aggregator.add(PUSH, filtered("by cel"), START).orElseThrow();
        aggregator.created(first);
        var later = START.plus(Duration.ofMinutes(10));
        assertThat(aggregator.add(PUSH, filtered("by cel"), later).orElseThrow().eventName)
                .isNotEqualTo(first.eventName);
    }

    @Test
    void dropsNewSeriesOfAnObjectBeyondItsBurstAndCountsThem() {
        for (int i = 0; i < 25; i++) {
            assertThat(aggregator.add(PUSH, filtered("note " + i), START)).isPresent();
        }
        assertThat(aggregator.add(PUSH, filtered("one more"), START)).isEmpty();
        assertThat(aggregator.dropped()).isEqualTo(1);
        assertThat(aggregator.add(TAG, filtered("another object"), START)).isPresent();
        assertThat(aggregator.add(PUSH, filtered("one more"), START.plusSeconds(20))).isPresent();
    }

    @Test
    void countingLeavesRoomForNewTrouble() {
        var series = aggregator.add(PUSH, filtered("by cel"), START).orElseThrow();
        aggregator.created(series);
        var now = START;
        for (int i = 0; i < 600; i++) {
            now = now.plusSeconds(1);
            aggregator.add(PUSH, filtered("by cel"), now);
            aggregator.due(now);
        }
        aggregator.add(PUSH, filtered("by cel"), now);
        for (int i = 0; i < 10; i++) {
            assertThat(aggregator.add(PUSH, filtered("new trouble " + i), now)).isPresent();
        }
        assertThat(aggregator.last(now)).as("no occurrence is lost while the series lasts")
                .singleElement().returns(602, Recount::count);
    }

    @Test
    void aFailedCreationLetsTheNextOccurrenceTryAgain() {
        var series = aggregator.add(PUSH, filtered("by cel"), START).orElseThrow();
        aggregator.forget(series);
        assertThat(aggregator.dropped()).isEqualTo(1);
        assertThat(aggregator.add(PUSH, filtered("by cel"), START)).isPresent();
    }

    @Test
    void countsNothingIntoAnEventThatDoesNotExistYet() {
        aggregator.add(PUSH, filtered("by cel"), START);
        aggregator.add(PUSH, filtered("by cel"), START);
        assertThat(aggregator.due(START.plusSeconds(10))).isEmpty();
    }

    @Test
    void forgetsTheLeastRecentSeriesWhenThereAreTooMany() {
        var few = new EventAggregator(2);
        few.add(PUSH, filtered("a"), START);
        few.add(PUSH, filtered("b"), START);
        few.add(PUSH, filtered("c"), START);
        assertThat(few.add(PUSH, filtered("c"), START)).isEmpty();
        assertThat(few.add(PUSH, filtered("a"), START)).isPresent();
    }

    @Test
    void cutsNotesToOneKibibyteOfWholeCharacters() {
        var cut = EventRecorder.cut("ä".repeat(600));
        assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
        assertThat(cut).matches("ä{510}…");
        assertThat(EventRecorder.cut("a".repeat(1024))).hasSize(1024).doesNotContain("…");
    }

    private static Occurrence filtered(String note) {
        return new Occurrence(Occurrence.Type.Normal, "Filtered", "Decide", note);
    }
}
