package dev.bellhop.controller.expose;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import com.fasterxml.jackson.databind.JsonNode;

/// Short texts that differ when objects do.
final class Fingerprints {
    private static final int BYTES = 8;

    private Fingerprints() {}

    /// 16 hexadecimal digits of the SHA-256 of the JSON as it stands.
    static String of(JsonNode json) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(json.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
