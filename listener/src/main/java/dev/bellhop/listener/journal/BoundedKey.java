package dev.bellhop.listener.journal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A key that senders or expressions made, as an index of any database takes it: what is too long, or holds a character
/// that PostgreSQL does not store, is replaced by its hash.
final class BoundedKey {
    private static final int LONGEST = 256;

    private BoundedKey() {}

    static String of(String key) {
        if (key.isEmpty()) {
            throw new IllegalArgumentException("a key must not be empty; leave it out instead");
        }
        return key.length() <= LONGEST && key.indexOf('\0') < 0 ? key : "sha256:" + hash(key);
    }

    private static String hash(String key) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
