package dev.bellhop.listener.broker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Secrets as they were read at one moment. Two are equal when they hold the same; it prints none.
public final class SecretSnapshot implements SecretReader {
    private final Map<SecretKey, String> values;

    private SecretSnapshot(Map<SecretKey, String> values) {
        this.values = values;
    }

    /// Reads `keys`.
    public static SecretSnapshot of(Stream<SecretKey> keys, SecretReader reader) throws Unreachable {
        var values = new LinkedHashMap<SecretKey, String>();
        for (var key : keys.toList()) {
            values.put(key, reader.read(key));
        }
        return new SecretSnapshot(values);
    }

    @Override
    public Optional<String> find(String secret, String key) {
        return Optional.ofNullable(values.get(new SecretKey(secret, key)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretSnapshot snapshot && values.equals(snapshot.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "SecretSnapshot" + values.keySet();
    }
}
