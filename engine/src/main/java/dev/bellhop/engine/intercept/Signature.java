package dev.bellhop.engine.intercept;

import java.security.MessageDigest;

/// A signature as a sender sent it, decoded. It compares in constant time.
final class Signature {
    private final HmacAlgorithm algorithm;
    private final byte[] value;

    Signature(HmacAlgorithm algorithm, byte[] value) {
        this.algorithm = algorithm;
        this.value = value;
    }

    /// The hash it claims to be made with.
    HmacAlgorithm algorithm() {
        return algorithm;
    }

    /// Whether it is the one expected.
    boolean is(byte[] expected) {
        return MessageDigest.isEqual(expected, value);
    }
}
