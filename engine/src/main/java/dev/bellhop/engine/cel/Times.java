package dev.bellhop.engine.cel;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/// Points and lengths of time as Go prints them.
final class Times {
    private static final DateTimeFormatter RFC_3339 = new DateTimeFormatterBuilder().appendInstant(-1).toFormatter();

    private Times() {}

    /// RFC 3339, with as many digits after the second as it has: `2026-01-02T03:04:05.6Z`.
    static String print(Instant instant) {
        return RFC_3339.format(instant);
    }

    /// In seconds: `1.5s`.
    static String print(Duration duration) {
        var seconds = BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9))
                .stripTrailingZeros();
        return seconds.toPlainString() + "s";
    }
}
