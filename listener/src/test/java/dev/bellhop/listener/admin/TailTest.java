package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.Happening;
import org.junit.jupiter.api.Test;

class TailTest {
    private static final Duration NOT_LONG = Duration.ofMillis(1);
    private static final DeliveryFilter TEAM_A = new DeliveryFilter(Optional.of("team-a"), Optional.empty(), Set.of(),
            Optional.empty(), Optional.empty(), Optional.empty());

    private final Tail tail = new Tail(TEAM_A, () -> new Access.Granted.Yes("ann"));

    private static Happening happening(String namespace, Ending ending) {
        return new Happening(Instant.EPOCH, new EventId("e-1"), Optional.empty(),
                Door.listener(new ObjectName("desk", "shared")),
                new ObjectName(namespace, "push"), "uid", ending);
    }

    @Test
    void tellsWhatTheReaderWantsAndNothingElse() throws InterruptedException {
        tail.offer(happening("team-b", new Ending.Filtered("cel", "no")));
        assertThat(tail.next(NOT_LONG)).isEqualTo("{\"type\":\"BOOKMARK\"}\n");
        tail.offer(happening("team-a", new Ending.Filtered("cel", "no")));
        assertThat(tail.next(NOT_LONG)).startsWith("{\"type\":\"HAPPENED\",\"object\":{").contains("\"Filtered\"")
                .hasLineCount(1);
    }

    @Test
    void whoReadsTooSlowlyIsToldHowMuchIsMissing() throws InterruptedException {
        for (int i = 0; i < 1007; i++) {
            tail.offer(happening("team-a", new Ending.Filtered("cel", "no")));
        }
        assertThat(tail.next(NOT_LONG)).hasLineCount(1001).endsWith("{\"type\":\"LOST\",\"count\":7}\n");
        assertThat(tail.next(NOT_LONG)).contains("BOOKMARK");
    }

    @Test
    void theWordsAreThoseOfTheLogAndTheMetric() {
        assertThat(Stream.of(ShownOutcome.values()).map(Enum::name).toList()).containsAll(
                Stream.of(Ending.class.getPermittedSubclasses()).map(Class::getSimpleName).toList());
    }
}
