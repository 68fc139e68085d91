package dev.bellhop.listener.journal.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.NotRemembered;
import dev.bellhop.listener.journal.Remembered;
import dev.bellhop.listener.journal.intake.Write.Remember;
import dev.bellhop.listener.journal.intake.Write.Wake;
import dev.bellhop.listener.journal.ready.Ready;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static final Appended.Unavailable WHY = new Appended.Unavailable("the disk is full", Duration.ofSeconds(5));

    private final Counts counts = new Counts();
    private final WriteQueue queue = new WriteQueue(counts, () -> WHY);

    @Test
    void givesWhatWaitsInItsOrder() throws InterruptedException {
        var first = remember(1);
        var second = remember(1);
        queue.submit(first);
        queue.submit(second);
        assertThat(queue.next(Duration.ZERO, true)).containsExactly(first, second);
        assertThat(queue.next(Duration.ZERO, true)).isEmpty();
    }

    @Test
    void givesNoMoreAtOnceThan256WritesOr4Megabytes() throws InterruptedException {
        for (int i = 0; i < 257; i++) {
            queue.submit(remember(1));
        }
        assertThat(queue.next(Duration.ZERO, true)).hasSize(256);
        assertThat(queue.next(Duration.ZERO, true)).hasSize(1);
        queue.submit(remember(3 << 20));
        queue.submit(remember(1 << 20));
        queue.submit(remember(1));
        assertThat(queue.next(Duration.ZERO, true)).hasSize(2);
    }

    @Test
    void countsWhatWaits() throws InterruptedException {
        queue.submit(remember(100));
        queue.submit(remember(20));
        assertThat(counts.queuedBytes()).hasValue(120);
        queue.next(Duration.ZERO, true);
        assertThat(counts.queuedBytes()).hasValue(0);
    }

    @Test
    void leavesOutWhatOnlyWoke() throws InterruptedException {
        queue.submit(new Wake());
        assertThat(queue.next(Duration.ofMinutes(1), true)).isEmpty();
    }

    @Test
    void refusesNewWorkThatIsPutBackAndKeepsTheRestForTheNextBatch() throws InterruptedException {
        var fresh = remember(1);
        var due = setAside();
        queue.putBack(List.of(fresh, due));
        assertThat(refused(fresh)).isTrue();
        assertThat(queue.hasUnwritten()).isTrue();
        var later = setAside();
        queue.submit(later);
        assertThat(queue.next(Duration.ZERO, true)).containsExactly(due, later);
        assertThat(queue.hasUnwritten()).isFalse();
    }

    @Test
    void refusesNewWorkWhileThereIsNoRoomForAny() throws InterruptedException {
        var fresh = remember(1);
        var due = setAside();
        queue.submit(fresh);
        queue.submit(due);
        assertThat(queue.next(Duration.ZERO, false)).containsExactly(due);
        assertThat(refused(fresh)).isTrue();
    }

    @Test
    void refusesAllThatWaitsAtItsEndAndWhatComesAfter() {
        var waiting = remember(1);
        queue.submit(waiting);
        queue.end();
        var late = remember(1);
        queue.submit(late);
        assertThat(refused(waiting)).isTrue();
        assertThat(refused(late)).isTrue();
        assertThat(counts.queuedBytes()).hasValue(0);
    }

    private static Remember remember(long weight) {
        return new Remember(new Remembered("source", Map.of("key", Optional.empty())), weight,
                new CompletableFuture<>());
    }

    private static Write setAside() {
        var lane = new Lane(new ObjectName("team-a", "push"), "uid");
        var id = DeliveryId.of(EventId.at(Instant.EPOCH, new Random(1)), 1);
        return new Write.SetAside(Ready.stored(lane, 1, id, Optional.empty(), 1), "it is corrupt");
    }

    private static boolean refused(Remember write) {
        return write.answer().isCompletedExceptionally()
                && write.answer().exceptionNow() instanceof NotRemembered refusal
                && String.valueOf(refusal.getMessage()).contains(WHY.why());
    }
}
