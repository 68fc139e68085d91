package dev.bellhop.engine.policy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// How long the finished deliveries of a namespace stay listed, as annotations of the Namespace say, which belongs to the
/// admin. What is absent stays as it is for everybody.
///
/// @param maxAge        since they were accepted
/// @param maxDeliveries how many at most
/// @param maxBytes      how much room they and their events may take up
public record Retention(Optional<Duration> maxAge, Optional<Long> maxDeliveries, Optional<Long> maxBytes) {
    /// What the names of the annotations begin with.
    public static final String PREFIX = "bellhop.dev/keep-";
    /// Nothing is said.
    public static final Retention UNSAID = new Retention(Optional.empty(), Optional.empty(), Optional.empty());

    private static final String FOR = PREFIX + "for";
    private static final String DELIVERIES = PREFIX + "deliveries";
    private static final String BYTES = PREFIX + "bytes";
    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final long MOST_DELIVERIES = 100_000_000;
    private static final long MOST_BYTES = 1L << 44;

    /// What annotations say.
    ///
    /// @param warnings sentences about those that are wrong; they count as absent
    public record Read(Retention retention, List<String> warnings) {}

    /// All annotations, for messages and the documentation.
    static List<String> all() {
        return List.of(FOR, DELIVERIES, BYTES);
    }

    /// Reads `annotations` of a Namespace, of which others may be among them.
    public static Read of(Map<String, String> annotations) {
        var warnings = new ArrayList<String>();
        var ours = new TreeMap<String, String>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                ours.put(name, value.strip());
            }
        });
        ours.keySet().stream().filter(name -> !all().contains(name))
                .forEach(name -> warnings.add(name + " is not known: use one of " + String.join(", ", all())));
        var retention = new Retention(
                read(ours, FOR, Retention::age, "must be from 0 to 87600h: " + GoDuration.WAY_OUT, warnings),
                read(ours, DELIVERIES, text -> amount(text, MOST_DELIVERIES),
                        "must be from 0 to " + MOST_DELIVERIES, warnings),
                read(ours, BYTES, text -> amount(text, MOST_BYTES), "must be from 0 to 16Ti: write 64Mi or 1Gi",
                        warnings));
        return new Read(retention, List.copyOf(warnings));
    }

    private static <T> Optional<T> read(Map<String, String> annotations, String name,
            Function<String, Optional<T>> reader, String expected, List<String> warnings) {
        var text = annotations.get(name);
        if (text == null) {
            return Optional.empty();
        }
        var value = reader.apply(text);
        if (value.isEmpty()) {
            warnings.add(name + " '" + text + "' " + expected);
        }
        return value;
    }

    private static Optional<Duration> age(String text) {
        return GoDuration.parse(text).filter(age -> age.compareTo(LONGEST) <= 0);
    }

    private static Optional<Long> amount(String text, long most) {
        return LimitsReader.amount(text)
                .filter(amount -> amount.signum() >= 0 && amount.compareTo(BigDecimal.valueOf(most)) <= 0)
                .map(BigDecimal::longValue);
    }
}
