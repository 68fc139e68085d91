package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestFileTest {
    @TempDir
    private Path folder;
    private Path file = Path.of("request.http");

    @BeforeEach
    void name() {
        file = folder.resolve("request.http");
    }

    @Test
    void readsAWholeRequest() throws IOException {
        Files.writeString(file, """
                # A comment.
                # bellhop: sign github team-a/hooks/token
                POST http://example.com/team-a?name=x HTTP/1.1\r
                Content-Type: application/json\r
                # another
                X-Twice: a
                X-Twice: b:c

                {"a": 1}
                # part of the body
                """);
        var request = RequestFile.read(file);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/team-a");
        assertThat(request.query()).isEqualTo("name=x");
        assertThat(request.headers()).containsExactly(Map.entry("Content-Type", "application/json"),
                Map.entry("X-Twice", "a"), Map.entry("X-Twice", "b:c"));
        assertThat(new String(request.body(), StandardCharsets.UTF_8)).isEqualTo("{\"a\": 1}\n# part of the body");
        assertThat(request.signing()).contains(
                new RequestFile.Signing(SigningScheme.github, new SecretRef("team-a", "hooks", "token")));
    }

    @Test
    void keepsBytesThatAreNoText() throws IOException {
        Files.write(file, new byte[]{'P', 'O', 'S', 'T', ' ', '/', '\n', '\n', (byte) 0xff, 0, '\n', '\n'});
        assertThat(RequestFile.read(file).body()).containsExactly((byte) 0xff, 0, '\n');
    }

    @Test
    void takesTheBodyFromAnotherFileAsItIs() throws IOException {
        var body = folder.resolve("body.json");
        Files.writeString(body, "{}\n");
        Files.writeString(file, "POST /\n\n< ./body.json\n");
        var request = RequestFile.read(file);
        assertThat(request.body()).asString().isEqualTo("{}\n");
        assertThat(request.bodyFile()).isEqualTo(Optional.of(body));
    }

    @Test
    void needsNoBody() throws IOException {
        Files.writeString(file, "GET /live");
        assertThat(RequestFile.read(file).body()).isEmpty();
    }
}
