package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RetryTest {
    @Test
    void withoutJitterTheDelayGrowsByTheFactorUpToTheLongest() {
        var retry = new Retry(9, Duration.ofMillis(100), 3, Duration.ofSeconds(1), 0, Duration.ofHours(1));
        assertThat(IntStream.rangeClosed(1, 5).mapToObj(attempts -> retry.delayAfter(attempts, new Random(1))))
                .containsExactly(Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofMillis(900),
                        Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void fullJitterReachesFromNothingToTheDelay() {
        var random = new Random(1);
        var delays = IntStream.range(0, 2000).mapToLong(_ -> Retry.DEFAULT.delayAfter(1, random).toMillis())
                .summaryStatistics();
        assertThat(delays.getMin()).isBetween(0L, 10L);
        assertThat(delays.getMax()).isBetween(990L, 1000L);
        assertThat(delays.getAverage()).isBetween(450.0, 550.0);
    }

    @Property
    void noDelayIsOutsideOfWhatIsWritten(@ForAll @IntRange(min = 1, max = Integer.MAX_VALUE) int attempts,
            @ForAll @IntRange(min = 1, max = 86_400_000) int delay, @ForAll @IntRange(max = 86_400_000) int more,
            @ForAll @DoubleRange(min = 1, max = 10) double factor, @ForAll @DoubleRange(max = 1) double jitter,
            @ForAll long seed) {
        var retry = new Retry(1, Duration.ofMillis(delay), factor, Duration.ofMillis((long) delay + more), jitter,
                Duration.ZERO);
        var waits = retry.delayAfter(attempts, new Random(seed));
        assertThat(waits).isBetween(Duration.ZERO, retry.maxDelay());
        if (jitter == 0) {
            assertThat(waits).isGreaterThanOrEqualTo(retry.delay());
        }
        assertThat((double) waits.toMillis()).isGreaterThanOrEqualTo(Math.floor(delay * (1 - jitter)));
    }

    @Test
    void onlyWhatCanHoldExists() {
        assertThatThrownBy(() -> new Retry(1, Duration.ofSeconds(2), 1, Duration.ofSeconds(1), 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
