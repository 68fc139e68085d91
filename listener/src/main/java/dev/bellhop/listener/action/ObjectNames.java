package dev.bellhop.listener.action;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Names that a repeated attempt finds again. A template's `generateName` becomes that prefix and a suffix which depends only
/// on what makes the object this one; so a second try of the same delivery meets its own object instead of making another.
///
/// The suffix has 10 characters of an alphabet of 27 (2 · 10^14 names), where the API server's own 5 characters collide from
/// some 5,000 objects of one prefix on.
final class ObjectNames {
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX = 10;
    /// Objects whose name becomes a label value or a host name, such as Jobs and Services, allow no more.
    private static final int MAX_LENGTH = 63;

    private ObjectNames() {}

    /// `prefix`, shortened where the name would become too long, and the suffix for `identity`.
    static String of(String prefix, String identity) {
        int room = MAX_LENGTH - SUFFIX;
        return (prefix.length() > room ? prefix.substring(0, room) : prefix) + suffix(identity);
    }

    /// 32 hexadecimal digits that stand for `identity`.
    static String fingerprint(String identity) {
        return HexFormat.of().formatHex(hash(identity), 0, 16);
    }

    private static byte[] hash(String identity) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String suffix(String identity) {
        var hash = hash(identity);
        var suffix = new StringBuilder(SUFFIX);
        long bits = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            bits = (bits << Byte.SIZE) | (hash[i] & 0xFF);
        }
        for (int i = 0; i < SUFFIX; i++) {
            suffix.append(ALPHABET.charAt((int) Long.remainderUnsigned(bits, ALPHABET.length())));
            bits = Long.divideUnsigned(bits, ALPHABET.length());
        }
        return suffix.toString();
    }
}
