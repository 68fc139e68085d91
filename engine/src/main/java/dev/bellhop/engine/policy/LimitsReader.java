package dev.bellhop.engine.policy;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.BiConsumer;

import dev.bellhop.api.LimitsSpec;
import dev.bellhop.engine.policy.Limits.Rate;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/// Reads limits as people write them. What is wrong is told to `problems`, with the name of the field and what follows it
/// in a sentence, and reads as absent.
record LimitsReader(BiConsumer<String, String> problems) {
    private static final double MIN_RATE = 0.001;
    private static final int MAX_COUNT = 1_000_000;
    private static final int MAX_LENGTH = 64;
    private static final long MAX_QUEUED = 1_000_000_000_000_000L;

    Limits read(LimitsSpec spec) {
        return new Limits(rate(spec.eventsPerSecond(), spec.burst()),
                range("concurrency", spec.concurrency(), MAX_COUNT),
                range("queuedEvents", spec.queuedEvents(), MAX_QUEUED), bytes(spec.queuedBytes()));
    }

    private Optional<Rate> rate(@Nullable Double eventsPerSecond, @Nullable Integer burst) {
        var most = range("burst", burst, MAX_COUNT);
        if (eventsPerSecond == null) {
            if (burst != null) {
                problems.accept("burst", "says nothing without eventsPerSecond: write both");
            }
            return Optional.empty();
        }
        if (!(eventsPerSecond >= MIN_RATE && eventsPerSecond <= MAX_COUNT)) {
            problems.accept("eventsPerSecond", eventsPerSecond + " must be from " + MIN_RATE + " to " + MAX_COUNT);
            return Optional.empty();
        }
        return Optional.of(most.map(count -> new Rate(eventsPerSecond, count)).orElse(Rate.of(eventsPerSecond)));
    }

    private Optional<Long> bytes(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        var amount = amount(text);
        if (amount.isEmpty()) {
            problems.accept("queuedBytes", "'" + text + "' is no number of bytes: write 64Mi, 1Gi or \"1000000\"");
            return Optional.empty();
        }
        var bytes = amount.get();
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(MAX_QUEUED)) > 0) {
            problems.accept("queuedBytes", "'" + text + "' must be from 1 to " + MAX_QUEUED + " bytes");
            return Optional.empty();
        }
        return Optional.of(bytes.longValue());
    }

    /// A number such as Kubernetes writes it: `64Mi`, `1500m`.
    static Optional<BigDecimal> amount(String text) {
        try {
            // Reading a number takes time that grows with the square of its digits.
            return text.length() > MAX_LENGTH
                    ? Optional.empty()
                    : Optional.of(Quantity.parse(text).getNumericalAmount());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private <T extends Number> Optional<T> range(String field, @Nullable T written, long most) {
        if (written == null) {
            return Optional.empty();
        }
        if (written.longValue() < 1 || written.longValue() > most) {
            problems.accept(field, written + " must be from 1 to " + most);
            return Optional.empty();
        }
        return Optional.of(written);
    }
}
