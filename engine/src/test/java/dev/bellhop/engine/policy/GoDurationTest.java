package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({"0,PT0S", "0s,PT0S", "500ms,PT0.5S", "1h30m,PT1H30M", "1.5s,PT1.5S", ".5h,PT30M", "1.m,PT1M",
            "1m1m,PT2M", "100us,PT0.0001S", "100µs,PT0.0001S", "1h0m0s,PT1H", "PT1S,PT1S", "P1D,PT24H",
            "0.3ns,PT0S"})
    void readsWhatGoReads(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1d", "-1s", "+1s", "s", ".s", "1 s", "1s ", "1h30", "1e3s", "PT", "-PT1S",
            "PT-1S",
            "9223372037s", "99999999999999999999999999999999999999999999999999999999999999999s"})
    void refusesTheRest(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PT24H,24h", "PT1H30M,1h30m", "PT0.5S,500ms", "PT1M1.5S,1m1.5s", "PT0S,0s", "PT0.0005S,0.5ms"})
    void printsInTheFewestParts(Duration duration, String text) {
        assertThat(GoDuration.print(duration)).isEqualTo(text);
    }

    @Property
    void readsWhatItPrints(@ForAll @LongRange(min = 0) long nanos) {
        var duration = Duration.ofNanos(nanos);
        assertThat(GoDuration.parse(GoDuration.print(duration))).contains(duration);
    }
}
