package dev.bellhop.engine.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/// A secret value. It compares in constant time and cannot be printed. A trailing line break, which `echo` and editors
/// leave in Secrets, is not part of the value; [#hadLineBreak()] tells it so that a status can point it out.
public final class Token {
    private final byte[] value;
    private final boolean hadLineBreak;

    private Token(byte[] value, boolean hadLineBreak) {
        this.value = value;
        this.hadLineBreak = hadLineBreak;
    }

    /// Takes the bytes of a Secret's key.
    public static Token of(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return new Token(Arrays.copyOf(bytes, end), end < bytes.length);
    }

    /// Takes the text of a secret.
    public static Token of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether `presented` is the secret, in a time that does not depend on where they differ.
    public boolean matches(String presented) {
        return MessageDigest.isEqual(value, presented.getBytes(StandardCharsets.UTF_8));
    }

    /// A copy of the secret's bytes, for use as a key.
    public byte[] bytes() {
        return value.clone();
    }

    /// Whether the Secret's key ends in a line break, which was left out.
    public boolean hadLineBreak() {
        return hadLineBreak;
    }

    /// Whether there is nothing in it: an empty secret protects nothing and must be refused.
    public boolean isEmpty() {
        return value.length == 0;
    }

    @Override
    public String toString() {
        return "Token[***]";
    }
}
