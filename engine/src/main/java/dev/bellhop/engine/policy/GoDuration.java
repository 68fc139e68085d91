package dev.bellhop.engine.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time as Go and Kubernetes write them: `500ms`, `1h30m`, `1.5s`. ISO 8601 (`PT1S`), which Knative uses, is
/// understood too.
public final class GoDuration {
    /// What follows a text that is none.
    public static final String WAY_OUT = "write it as 500ms, 1m30s or 24h";

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(ns|us|µs|μs|ms|s|m|h)");
    private static final Pattern WHOLE = Pattern.compile("(?:" + PART.pattern() + ")+");
    private static final int MAX_LENGTH = 64;

    private GoDuration() {}

    /// The duration that `text` says, never negative; empty when it says none, or more than 290 years.
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        if (text.startsWith("P") && text.length() <= MAX_LENGTH) {
            return iso(text);
        }
        if (text.length() > MAX_LENGTH || !WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        var nanos = PART.matcher(text).results()
                .map(part -> new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanosIn(part.group(2)))))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(nanos.longValue()));
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static long nanosIn(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> 1_000_000_000L;
            case "m" -> 60 * 1_000_000_000L;
            case "h" -> 3_600 * 1_000_000_000L;
            default -> throw new IllegalArgumentException(unit);
        };
    }

    /// `duration` in the fewest parts: `1h30m`, `24h`, `1.5s`, `500ms`.
    static String print(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        var text = new StringBuilder();
        if (duration.toHours() > 0) {
            text.append(duration.toHours()).append('h');
        }
        if (duration.toMinutesPart() > 0) {
            text.append(duration.toMinutesPart()).append('m');
        }
        var rest = Duration.ofSeconds(duration.toSecondsPart(), duration.toNanosPart());
        if (rest.compareTo(Duration.ofSeconds(1)) >= 0) {
            text.append(number(rest.toNanos(), 9)).append('s');
        } else if (!rest.isZero()) {
            text.append(number(rest.toNanos(), 6)).append("ms");
        }
        return text.toString();
    }

    private static String number(long nanos, int scale) {
        return BigDecimal.valueOf(nanos, scale).stripTrailingZeros().toPlainString();
    }
}
