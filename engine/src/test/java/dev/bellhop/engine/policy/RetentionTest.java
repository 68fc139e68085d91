package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionTest {
    @Test
    void isWhatTheAnnotationsSay() {
        assertThat(Retention.of(Map.of("bellhop.dev/keep-for", " 720h ", "bellhop.dev/keep-deliveries", "0",
                "bellhop.dev/keep-bytes", "2Gi", "bellhop.dev/limit-burst", "x", "team", "a")))
                .isEqualTo(new Retention.Read(
                        new Retention(Optional.of(Duration.ofDays(30)), Optional.of(0L), Optional.of(2L << 30)),
                        List.of()));
        assertThat(Retention.of(Map.of())).isEqualTo(new Retention.Read(Retention.UNSAID, List.of()));
    }

    @Test
    void theAnnotationsAreThoseOfTheDocumentation() throws IOException {
        assertThat(Files.readString(Path.of("../docs/history.md"))).contains(Retention.all());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "bellhop.dev/keep-for        | 30d | bellhop.dev/keep-for '30d' must be from 0 to 87600h: write it as 500ms, 1m30s or 24h",
            "bellhop.dev/keep-deliveries | -1  | bellhop.dev/keep-deliveries '-1' must be from 0 to 100000000",
            "bellhop.dev/keep-bytes      | 1GB | bellhop.dev/keep-bytes '1GB' must be from 0 to 16Ti: write 64Mi or 1Gi",
            "bellhop.dev/keep-days       | 3   | bellhop.dev/keep-days is not known: use one of bellhop.dev/keep-for, bellhop.dev/keep-deliveries, bellhop.dev/keep-bytes"})
    void aWrongAnnotationIsAWarningAndCountsAsAbsent(String name, String value, String warning) {
        assertThat(Retention.of(Map.of(name, value)))
                .isEqualTo(new Retention.Read(Retention.UNSAID, List.of(warning)));
    }
}
