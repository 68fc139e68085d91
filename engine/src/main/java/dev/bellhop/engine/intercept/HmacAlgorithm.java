package dev.bellhop.engine.intercept;

import java.util.Locale;

/// The hash below an HMAC. SHA-1 is among them because some senders know no other; as an HMAC it is not broken.
enum HmacAlgorithm {
    SHA1("HmacSHA1"), SHA256("HmacSHA256"), SHA384("HmacSHA384"), SHA512("HmacSHA512");

    private final String jca;

    HmacAlgorithm(String jca) {
        this.jca = jca;
    }

    /// The name in Java's cryptography.
    String jca() {
        return jca;
    }

    /// The name users write.
    String param() {
        return name().toLowerCase(Locale.ROOT);
    }
}
