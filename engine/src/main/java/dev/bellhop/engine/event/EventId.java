package dev.bellhop.engine.event;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// Names one received event: in the 202 answer, in the labels of what it creates, in the history. A valid label value.
public record EventId(String value) {
    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?");

    public EventId {
        if (!LABEL_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("event ID must be a Kubernetes label value: '" + value + "'");
        }
    }

    /// A UUIDv7 (RFC 9562, 5.7): sorts by `at` with millisecond resolution; the other 74 bits come from `random`.
    public static EventId at(Instant at, RandomGenerator random) {
        long high = (at.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0x0FFF);
        long low = 0x8000000000000000L | (random.nextLong() & 0x3FFFFFFFFFFFFFFFL);
        return new EventId(new UUID(high, low).toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
