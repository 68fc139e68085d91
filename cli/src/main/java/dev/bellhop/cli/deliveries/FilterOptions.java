package dev.bellhop.cli.deliveries;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// Options that say which deliveries are meant.
final class FilterOptions {
    @Option(names = {"-t", "--trigger"}, paramLabel = "NAME", description = "Of the Triggers of this name.")
    private String trigger = "";

    @Option(names = "--outcome", paramLabel = "WORD", split = ",", description = "That stand so: Pending, Retrying, Created, Failed, Duplicate, Cancelled, Corrupt, Filtered, Refused, Throttled, Undecided; several with commas.")
    private List<String> outcomes = List.of();

    @Option(names = "--event", paramLabel = "ID", description = "Of this event.")
    private String event = "";

    /// What has a beginning and an end.
    static final class Span {
        @Option(names = "--since", paramLabel = "TIME", converter = Ago.class, description = "Accepted so long ago at most, such as 90s, 15m, 1h or 7d.")
        private @Nullable Duration since;

        @Option(names = "--from", paramLabel = "TIME", description = "Accepted then or later, such as 2026-01-31T12:00:00Z.")
        private String from = "";

        @Option(names = "--to", paramLabel = "TIME", description = "Accepted before then.")
        private String to = "";

        /// The parameters, with the open ends that `now` closes. Asked twice with the same `now` they find the same.
        Stream<String> parameters(Instant now, boolean closed) {
            var begin = since == null ? from : now.minus(since).truncatedTo(ChronoUnit.MILLIS).toString();
            var end = to.isEmpty() && closed ? now.truncatedTo(ChronoUnit.MILLIS).toString() : to;
            return Stream.of(AdminApi.parameter("from", begin), AdminApi.parameter("to", end));
        }

        boolean contradicts() {
            return since != null && !from.isEmpty();
        }
    }

    /// `1h30m` as a duration.
    static final class Ago implements ITypeConverter<Duration> {
        private static final Pattern PART = Pattern.compile("(\\d{1,9})([smhd])");
        private static final Pattern WHOLE = Pattern.compile("(\\d{1,9}[smhd])+");

        @Override
        public Duration convert(String text) {
            if (!WHOLE.matcher(text).matches()) {
                throw new TypeConversionException("'" + text + "' must be a time span such as 90s, 15m, 1h30m or 7d");
            }
            return PART.matcher(text).results().map(part -> {
                long count = Long.parseLong(part.group(1));
                return switch (part.group(2)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    case "h" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
            }).reduce(Duration.ZERO, Duration::plus);
        }
    }

    Stream<String> parameters() {
        return Stream.of(AdminApi.parameter("trigger", trigger), AdminApi.parameter("outcome", outcomes()),
                AdminApi.parameter("eventID", event));
    }

    /// As they were written, with commas.
    String outcomes() {
        return String.join(",", outcomes);
    }

    /// Whether nothing was narrowed.
    boolean isEmpty() {
        return trigger.isEmpty() && outcomes.isEmpty() && event.isEmpty();
    }
}
