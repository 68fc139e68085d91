package dev.bellhop.listener.journal;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/// Changes to what a source remembers, written all or none.
///
/// @param source  whose memory it is: what the source is called for good, such as the UID of its EventSource
/// @param changes by key; an empty value removes the key. A key has at most 512 characters, a value at most 1 MiB, which must not
///                be changed any more
public record Remembered(String source, Map<String, Optional<byte[]>> changes) {
    private static final int LONGEST_SOURCE = 512;
    private static final int LONGEST_KEY = 512;
    private static final int LARGEST_VALUE = 1 << 20;

    public Remembered {
        if (source.isEmpty() || source.length() > LONGEST_SOURCE || source.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of a source that remembers must have from 1 to "
                    + LONGEST_SOURCE + " characters and no NUL, not " + source.length());
        }
        changes = Map.copyOf(changes);
        changes.forEach((key, value) -> check(source, key, value.map(bytes -> bytes.length).orElse(0)));
    }

    private static void check(String source, String key, int size) {
        if (key.length() > LONGEST_KEY) {
            throw new IllegalArgumentException("source " + source + " remembers under the key '" + key.substring(0, 40)
                    + "…' of " + key.length() + " characters; a key has at most " + LONGEST_KEY
                    + ": use its hash, or a shorter name");
        }
        if (size > LARGEST_VALUE) {
            throw new IllegalArgumentException("source " + source + " remembers " + size + " bytes under the key '"
                    + key + "'; a value has at most " + LARGEST_VALUE + ": spread it over several keys");
        }
    }

    /// About what it weighs while it waits to be written, in bytes.
    public long weight() {
        return changes.entrySet().stream()
                .mapToLong(change -> 128L + change.getKey().getBytes(StandardCharsets.UTF_8).length
                        + change.getValue().map(value -> value.length).orElse(0))
                .sum();
    }
}
