package dev.bellhop.listener.broker.nats;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Optional;

import io.nats.client.AuthHandler;
import org.jspecify.annotations.Nullable;

/// Answers a NATS server's challenge with an nkey: an Ed25519 key whose seed is written in base32 with a prefix and a check sum.
final class Nkey implements AuthHandler {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SEED_PREFIX = 18 << 3;
    private static final int USER_PREFIX = 20 << 3;
    private static final int SEED_BYTES = 32;

    private final PrivateKey key;
    private final String publicKey;
    private final Optional<String> jwt;

    private Nkey(byte[] seed, int prefix, Optional<String> jwt) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        // The generator draws the seed, and nothing else, from its source of randomness.
        generator.initialize(NamedParameterSpec.ED25519, new Fixed(seed));
        var pair = generator.generateKeyPair();
        key = pair.getPrivate();
        publicKey = encoded(prefix, compressed((EdECPublicKey) pair.getPublic()));
        this.jwt = jwt;
    }

    /// The nkey of `seed`, such as `SUAM…`; with the JWT that speaks for it, if there is one.
    static Nkey of(String seed, Optional<String> jwt) throws GeneralSecurityException {
        var raw = decoded(seed);
        if (raw.length != SEED_BYTES + 4 || (raw[0] & 0xf8) != SEED_PREFIX || !isSound(raw)) {
            throw new GeneralSecurityException("it is no nkey seed, which begins with SU and has 58 characters");
        }
        int prefix = ((raw[0] & 7) << 5) | ((raw[1] & 0xf8) >> 3);
        if (prefix != USER_PREFIX) {
            throw new GeneralSecurityException("it is the seed of another kind of nkey than a user's (SU…)");
        }
        return new Nkey(Arrays.copyOfRange(raw, 2, 2 + SEED_BYTES), prefix, jwt);
    }

    @Override
    public byte[] sign(byte[] nonce) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(key);
            signature.update(nonce);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing a NATS server's nonce", e);
        }
    }

    @Override
    public char[] getID() {
        return publicKey.toCharArray();
    }

    @Override
    public char @Nullable [] getJWT() {
        return jwt.map(String::toCharArray).orElse(null);
    }

    /// As RFC 8032 writes a point: y in little endian, the lowest bit of x on top.
    private static byte[] compressed(EdECPublicKey key) {
        var bigEndian = key.getPoint().getY().toByteArray();
        var bytes = new byte[SEED_BYTES];
        for (int i = 0; i < Math.min(bigEndian.length, SEED_BYTES); i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        if (key.getPoint().isXOdd()) {
            bytes[SEED_BYTES - 1] |= (byte) 0x80;
        }
        return bytes;
    }

    private static String encoded(int prefix, byte[] key) {
        var all = new ByteArrayOutputStream();
        all.write(prefix);
        all.writeBytes(key);
        int sum = checkSum(all.toByteArray(), all.size());
        all.write(sum & 0xff);
        all.write(sum >> 8);
        var text = new StringBuilder();
        int bits = 0;
        int held = 0;
        for (byte next : all.toByteArray()) {
            held = (held << 8) | (next & 0xff);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt((held >> bits) & 31));
            }
            held &= (1 << bits) - 1;
        }
        return bits == 0 ? text.toString() : text.append(ALPHABET.charAt((held << (5 - bits)) & 31)).toString();
    }

    private static byte[] decoded(String text) throws GeneralSecurityException {
        var bytes = new ByteArrayOutputStream();
        int bits = 0;
        int held = 0;
        for (byte letter : text.getBytes(StandardCharsets.ISO_8859_1)) {
            int value = ALPHABET.indexOf(letter);
            if (value < 0) {
                throw new GeneralSecurityException("it is no nkey seed: it holds a character that base32 has not");
            }
            held = (held << 5) | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes.write(held >> bits);
                held &= (1 << bits) - 1;
            }
        }
        return bytes.toByteArray();
    }

    /// Whether the last two bytes are the check sum of those before, the lower one first.
    private static boolean isSound(byte[] raw) {
        int sum = checkSum(raw, raw.length - 2);
        return (byte) sum == raw[raw.length - 2] && (byte) (sum >> 8) == raw[raw.length - 1];
    }

    /// CRC-16/XMODEM.
    private static int checkSum(byte[] bytes, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum ^= (bytes[i] & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 0x8000) == 0 ? sum << 1 : ((sum << 1) ^ 0x1021) & 0xffff;
            }
        }
        return sum;
    }

    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final byte[] seed;

        private Fixed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("an Ed25519 key was asked of " + bytes.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
