package dev.bellhop.listener.share;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.bellhop.engine.policy.Limits.Rate;
import org.junit.jupiter.api.Test;

class BucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void hasItsBurstAndThenItsRate() {
        var bucket = new Bucket(new Rate(2, 3), 0);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.untilNext(0)).isZero();
            bucket.take(0);
        }
        assertThat(bucket.untilNext(0)).isEqualTo(Duration.ofMillis(500));
        assertThat(bucket.untilNext(SECOND / 2)).isZero();
    }

    @Test
    void holdsToItsRateOverHalfAMinute() {
        var bucket = new Bucket(new Rate(8, 8), 0);
        int taken = 0;
        for (long now = 0; now < 30 * SECOND; now += SECOND / 100) {
            if (bucket.untilNext(now).isZero()) {
                bucket.take(now);
                taken++;
            }
        }
        assertThat(taken).isBetween(30 * 8, 31 * 8);
    }

    @Test
    void neverHoldsMoreThanItsBurst() {
        var bucket = new Bucket(new Rate(2, 1), 0);
        bucket.take(3600 * SECOND);
        assertThat(bucket.untilNext(3600 * SECOND)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void owesNoMoreThanItsBurstForWhatCameForOthersReasons() {
        var bucket = new Bucket(new Rate(1, 2), 0);
        for (int i = 0; i < 1000; i++) {
            bucket.take(0);
        }
        assertThat(bucket.untilNext(0)).isEqualTo(Duration.ofSeconds(3));
    }
}
