package dev.bellhop.engine.intercept;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Token;

/// Secrets as keys for HMAC. A key is set up once for each value that a Secret takes; every use gets a clone, because a
/// `Mac` belongs to one thread at a time.
final class HmacKeys {
    private final Encoding encoding;
    private final String prefix;
    private final Map<Slot, Keyed> prepared = new ConcurrentHashMap<>();

    private record Slot(SecretRef ref, HmacAlgorithm algorithm) {}

    private record Keyed(Token token, Mac mac) {}

    /// Keys are written in `encoding`, after `prefix` where they have it.
    HmacKeys(Encoding encoding, String prefix) {
        this.encoding = encoding;
        this.prefix = prefix;
    }

    /// A Mac with the key that `token`, just read from `ref`, stands for; empty when it is not in our encoding.
    Optional<Mac> mac(SecretRef ref, Token token, HmacAlgorithm algorithm) {
        var slot = new Slot(ref, algorithm);
        var known = prepared.get(slot);
        if (known == null || !known.token().equals(token)) {
            var key = key(token);
            if (key.isEmpty()) {
                return Optional.empty();
            }
            known = new Keyed(token, prepare(algorithm, key.get()));
            prepared.put(slot, known);
        }
        return Optional.of(copy(known.mac()));
    }

    /// Why [#mac] gave none, after the name of the secret.
    String unusable() {
        return "is not " + encoding.param() + (prefix.isEmpty() ? "" : " after '" + prefix + "'");
    }

    private Optional<byte[]> key(Token token) {
        if (encoding == Encoding.UTF8) {
            return Optional.of(token.bytes());
        }
        var text = new String(token.bytes(), StandardCharsets.UTF_8);
        return encoding.decode(text.startsWith(prefix) ? text.substring(prefix.length()) : text)
                .filter(bytes -> bytes.length > 0);
    }

    private static Mac prepare(HmacAlgorithm algorithm, byte[] key) {
        try {
            var mac = Mac.getInstance(algorithm.jca());
            mac.init(new SecretKeySpec(key, algorithm.jca()));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm.jca() + " is part of every Java runtime", e);
        }
    }

    private static Mac copy(Mac mac) {
        try {
            return (Mac) mac.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's HMACs can be cloned", e);
        }
    }
}
