package dev.bellhop.listener.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Breaker breaker = new Breaker(new Random(1));
    private Instant now = START;

    private void fail(int times) {
        IntStream.range(0, times).forEach(_ -> breaker.failed(now));
    }

    private void pass(Duration duration) {
        now = now.plus(duration);
    }

    @Test
    void letsWorkThroughUntilFiveFailInARow() {
        fail(4);
        breaker.succeeded();
        fail(4);
        assertThat(breaker.mayTry(now)).isTrue();
        fail(1);
        assertThat(breaker.mayTry(now)).isFalse();
    }

    @Test
    void letsOneProbeThroughAfterTheRest() {
        fail(5);
        pass(Duration.ofMillis(1300));
        assertThat(breaker.mayTry(now)).isTrue();
        assertThat(breaker.mayTry(now)).as("beside the probe").isFalse();
        breaker.succeeded();
        assertThat(breaker.mayTry(now)).isTrue();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void restsLongerWithEveryProbeThatFails() {
        fail(5);
        for (int seconds = 1; seconds <= 16; seconds *= 2) {
            pass(Duration.ofMillis(seconds * 1000L - 1));
            assertThat(breaker.mayTry(now)).as("before %s s are over", seconds).isFalse();
            pass(Duration.ofMillis(seconds * 200L + 1));
            assertThat(breaker.mayTry(now)).as("after %s s and a fifth", seconds).isTrue();
            fail(1);
        }
        for (int i = 0; i < 3; i++) {
            pass(Duration.ofSeconds(36));
            assertThat(breaker.mayTry(now)).as("half a minute is the longest").isTrue();
            fail(1);
        }
    }

    @Test
    void takesThoseUnderWayForOneFailure() {
        fail(50);
        pass(Duration.ofMillis(1300));
        assertThat(breaker.mayTry(now)).isTrue();
    }

    @Test
    void letsAnotherProbeThroughWhenOneWasNotTried() {
        fail(5);
        pass(Duration.ofMillis(1300));
        assertThat(breaker.mayTry(now)).isTrue();
        breaker.ended();
        assertThat(breaker.mayTry(now)).isTrue();
    }
}
