package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.bellhop.engine.event.Event;
import org.junit.jupiter.api.Test;

/// Real input: everything in `testdata/github`.
class GitHubPayloadsTest {
    private static final Path PAYLOADS = Path.of("../testdata/github");

    @Test
    void everyRecordedPayloadPassesWithItsSignatureAndIsRefusedWithOneByteChanged() throws IOException {
        var interceptor = Given.interceptor("github",
                "{\"secretRef\": {\"secretName\": \"webhook\", \"secretKey\": \"token\"}}");
        var payloads = payloads();
        assertThat(payloads).hasSizeGreaterThan(300);
        for (var payload : payloads) {
            var body = Files.readAllBytes(payload);
            var signature = "sha256=" + Given.hexHmac("HmacSHA256", Given.SECRET, body);
            var type = payload.getParent().getFileName().toString();
            assertThat(decide(interceptor, body, signature, type)).as("%s", payload)
                    .isInstanceOf(Decision.Continue.class);
            var changed = changeOneByte(body);
            assertThat(decide(interceptor, changed, signature, type)).as("%s, changed", payload)
                    .isInstanceOf(Decision.Refused.class);
        }
    }

    private static List<Path> payloads() throws IOException {
        try (var files = Files.walk(PAYLOADS)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        }
    }

    /// Changes the first letter of a name or value, so that it is JSON still.
    private static byte[] changeOneByte(byte[] body) {
        var changed = body.clone();
        int i = 2;
        while (!Character.isLetter(changed[i])) {
            i++;
        }
        changed[i] = (byte) (changed[i] == 'z' ? 'y' : 'z');
        return changed;
    }

    private static Decision decide(Interceptor interceptor, byte[] body, String signature, String type) {
        Event event = Given.event(body, Map.of("X-Hub-Signature-256", signature, "X-GitHub-Event", type,
                "Content-Type", "application/json"));
        return interceptor.intercept(event, Given.extensions(), Given.SECRETS);
    }
}
