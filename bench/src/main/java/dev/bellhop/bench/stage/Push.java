package dev.bellhop.bench.stage;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A push as GitHub sends it, recorded once and made 8 KB large, with an ID of its own in `head_commit.id`, signed.
///
/// @param signature the value of `X-Hub-Signature-256`
@SuppressWarnings("ArrayRecordComponent")
public record Push(String id, byte[] body, String signature) {
    /// Bytes of each body.
    public static final int SIZE = 8192;
    /// The same stands in the Secrets of `objects.yaml`.
    public static final String SECRET = "the benchmark's secret";

    private static final JsonMapper JSON = new JsonMapper();

    /// Makes pushes from the recording in `testdata` of the checkout at `root`.
    public static final class Maker {
        private final ObjectNode recorded;
        private final Mac mac;

        /// Reads the recording.
        public Maker(Path root) {
            try {
                recorded = (ObjectNode) JSON.readTree(root.resolve("testdata/github/push/push-5.json").toFile());
                mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            } catch (IOException e) {
                throw new UncheckedIOException("reading the recorded push", e);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("every JDK has HmacSHA256", e);
            }
        }

        /// The push with this ID. Not for several threads at once.
        public Push of(String id) {
            var commit = (ObjectNode) recorded.get("head_commit");
            commit.put("id", id);
            commit.put("message", "");
            commit.put("message", "x".repeat(SIZE - bytes().length));
            var body = bytes();
            return new Push(id, body, "sha256=" + HexFormat.of().formatHex(mac.doFinal(body)));
        }

        private byte[] bytes() {
            try {
                return JSON.writeValueAsBytes(recorded);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            }
        }
    }

    /// Writes it for a load client: a line `id signature length`, the body, a line break.
    public void writeTo(OutputStream out) throws IOException {
        out.write((id + " " + signature + " " + body.length + "\n").getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.write('\n');
    }

    /// Writes `count` pushes to `file`.
    public static void write(Path root, Path file, int count) throws IOException {
        var maker = new Maker(root);
        try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < count; i++) {
                maker.of("%040x".formatted(i)).writeTo(out);
            }
        }
    }
}
