package dev.bellhop.listener.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;
import org.junit.jupiter.api.Test;

class RecentHappeningsTest {
    private static final Door LISTENER = Door.listener(new ObjectName("desk", "shared"));
    private static final ObjectName PUSH = new ObjectName("team-a", "push");
    private static final ObjectName TAG = new ObjectName("team-b", "tag");

    private final RecentHappenings recent = new RecentHappenings(_ -> Optional.empty());

    @Test
    void theNewestComeFirstOfWhomeverTheyAre() {
        recent.add(happening(PUSH, 1));
        recent.add(happening(TAG, 2));
        recent.add(happening(PUSH, 3));
        assertThat(seconds(recent.latest(_ -> true, _ -> true, 10))).containsExactly(3L, 2L, 1L);
        assertThat(seconds(recent.latest(_ -> true, _ -> true, 2))).containsExactly(3L, 2L);
        assertThat(seconds(recent.latest(TAG::equals, _ -> true, 10))).containsExactly(2L);
    }

    @Test
    void ofOneTriggerTheOldestAreForgottenAndTheOthersDoNotSuffer() {
        recent.add(happening(TAG, 0));
        for (int i = 1; i <= 1000; i++) {
            recent.add(happening(PUSH, i));
        }
        assertThat(recent.latest(PUSH::equals, _ -> true, 1000)).hasSize(50);
        assertThat(recent.latest(PUSH::equals, _ -> true, 1000).getLast().at()).isEqualTo(Instant.ofEpochSecond(951));
        assertThat(recent.latest(TAG::equals, _ -> true, 1000)).hasSize(1);
    }

    @Test
    void aTriggerThatIsGoneIsForgotten() {
        recent.add(happening(PUSH, 1));
        recent.add(happening(TAG, 2));
        recent.retain(Set.of(TAG), Set.of());
        assertThat(seconds(recent.latest(_ -> true, _ -> true, 10))).containsExactly(2L);
    }

    private static List<Long> seconds(List<Happening> happenings) {
        return happenings.stream().map(happening -> happening.at().getEpochSecond()).toList();
    }

    private static Happening happening(ObjectName trigger, long second) {
        return new Happening(Instant.ofEpochSecond(second), new EventId("e-" + second), Optional.empty(), LISTENER,
                trigger, "uid",
                new Ending.Filtered("cel", "no"));
    }
}
