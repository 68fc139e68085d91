package dev.bellhop.listener.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.policy.Retry;
import dev.bellhop.listener.journal.Attempt;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPolicyTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:00:00Z");

    private static Delivery attempt(int attempt) {
        var event = Samples.event(RECEIVED, "/", Headers.NONE, "hello");
        return new Delivery(DeliveryId.of(event.id(), 1), event, Samples.LISTENER, new ObjectName("team-a", "build"),
                "uid", Samples.none(), Optional.empty(), Optional.empty(), Optional.empty(), attempt, List.of());
    }

    private static Attempt.Retry busy(Optional<Duration> after) {
        return new Attempt.Retry("create", "busy", after);
    }

    private static Duration delay(int attempt, Optional<Duration> after, RandomGenerator random) {
        var outcome = RetryPolicy.DEFAULT.outcome(attempt(attempt), busy(after), List.of(), RECEIVED, random);
        return Duration.between(RECEIVED, ((Outcome.RetryAt) outcome).due());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 4", "8, 128", "9, 256", "10, 300", "11, 300"})
    void spreadsTriesOverAnIntervalThatDoublesUpToTheCap(int attempt, int mostSeconds) {
        var random = new Random(1);
        var delays = IntStream.range(0, 2_000).mapToObj(_ -> delay(attempt, Optional.empty(), random)).toList();

        var most = Duration.ofSeconds(mostSeconds);
        assertThat(delays).allMatch(delay -> !delay.isNegative() && delay.compareTo(most) <= 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(most.multipliedBy(9).dividedBy(10)) > 0);
        assertThat(delays).anyMatch(delay -> delay.compareTo(most.dividedBy(10)) < 0);
    }

    @Test
    void waitsAtLeastAsLongAsTheOtherSideAsked() {
        var random = new Random(1);

        assertThat(IntStream.range(0, 500).mapToObj(_ -> delay(1, Optional.of(Duration.ofSeconds(60)), random)))
                .allMatch(delay -> delay.compareTo(Duration.ofSeconds(60)) >= 0
                        && delay.compareTo(Duration.ofSeconds(61)) <= 0);
    }

    @Test
    void triesOnceMoreAtTheEndOfTheTimeHoweverLongTheOtherSideAsked() {
        assertThat(delay(1, Optional.of(Duration.ofDays(30)), new Random(1))).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void givesUpAfterTheLastTry() {
        var outcome = RetryPolicy.DEFAULT.outcome(attempt(12), busy(Optional.empty()), List.of(), RECEIVED,
                new Random(1));

        assertThat(outcome).isEqualTo(new Outcome.Dead("create", "given up after 12 tries: busy", List.of()));
    }

    @Test
    void givesUpWhenTheEventIsTooOld() {
        var outcome = RetryPolicy.DEFAULT.outcome(attempt(2), busy(Optional.empty()), List.of(),
                RECEIVED.plus(Duration.ofHours(24)), new Random(1));

        assertThat(outcome).isEqualTo(new Outcome.Dead("create", "given up after PT24H: busy", List.of()));
    }

    @Test
    void takesDoneAndDeadAsTheyAre() {
        var pod = new ObjectRef("v1", "Pod", "team-a", "build-1", "u1");
        var random = new Random(1);

        assertThat(RetryPolicy.DEFAULT.outcome(attempt(1), new Attempt.Done(List.of(pod)), List.of(), RECEIVED, random))
                .isEqualTo(new Outcome.Done(List.of(pod)));
        assertThat(
                RetryPolicy.DEFAULT.outcome(attempt(1), new Attempt.Dead("create", "forbidden"), List.of(pod), RECEIVED,
                        random))
                .isEqualTo(new Outcome.Dead("create", "forbidden", List.of(pod)));
    }

    @Test
    void doesNotOverflowHoweverManyTriesAreAllowed() {
        var patient = new RetryPolicy(
                new Retry(1_000, Duration.ofSeconds(1), 2, Duration.ofMinutes(5), 1, Duration.ofDays(365)));
        var outcome = patient.outcome(attempt(900), busy(Optional.empty()), List.of(), RECEIVED, new Random(1));

        assertThat(((Outcome.RetryAt) outcome).due()).isBetween(RECEIVED, RECEIVED.plusSeconds(300));
    }
}
