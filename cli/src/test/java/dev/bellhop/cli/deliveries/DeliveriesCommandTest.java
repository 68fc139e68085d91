package dev.bellhop.cli.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.bellhop.cli.LocalServer;
import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveriesCommandTest {
    private static final String TWO = """
            {"items":[
              {"time":"2026-01-01T10:00:00.123456Z","namespace":"team-a","trigger":"push","eventID":"e-2",
               "outcome":"Filtered","detail":"cel: no\\nreally"},
              {"time":"2026-01-01T09:00:00Z","namespace":"team-bee","trigger":"note","eventID":"e-1",
               "outcome":"Created","detail":"ConfigMap team-bee/note-x"}]}
            """;

    @Test
    void printsOneAlignedLineForEach() throws IOException {
        try (var server = new LocalServer(200, TWO)) {
            var run = Run.of("deliveries", "-A", "--admin-url", server.url() + "/", "--token", "t0ken");
            assertThat(run.out()).isEqualTo("""
                    TIME                   NAMESPACE   TRIGGER   EVENT-ID   OUTCOME    DETAIL
                    2026-01-01T10:00:00Z   team-a      push      e-2        Filtered   cel: no really
                    2026-01-01T09:00:00Z   team-bee    note      e-1        Created    ConfigMap team-bee/note-x
                    """);
            var received = server.received().getFirst();
            assertThat(received.uri()).hasToString("/api/v1/deliveries?limit=50");
            assertThat(received.headers().getFirst("Authorization")).isEqualTo("Bearer t0ken");
        }
    }

    @Test
    void asksForWhatIsWanted() throws IOException {
        try (var server = new LocalServer(200, "{\"items\":[]}")) {
            var run = Run.of("deliveries", "-n", "team-a", "-t", "push", "--limit", "7", "-o", "json", "--admin-url",
                    server.url(), "--token", "x");
            assertThat(server.received().getFirst().uri())
                    .hasToString("/api/v1/deliveries?limit=7&namespace=team-a&trigger=push");
            assertThat(run.out()).contains("\"items\" : [ ]");
        }
    }

    @Test
    void takesTokenAndNamespaceFromTheKubeconfig(@TempDir Path folder) throws IOException {
        var kubeconfig = Files.writeString(folder.resolve("config"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: http://localhost:1}}]
                users: [{name: u, user: {token: from-file}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: team-c}}]
                current-context: x
                """);
        try (var server = new LocalServer(200, "{\"items\":[]}")) {
            var run = Run.of("deliveries", "--admin-url", server.url(), "--kubeconfig", kubeconfig.toString());
            assertThat(run).isEqualTo(new Run(0, "", "No deliveries found\n"));
            var received = server.received().getFirst();
            assertThat(received.headers().getFirst("Authorization")).isEqualTo("Bearer from-file");
            assertThat(received.uri()).hasToString("/api/v1/deliveries?limit=50&namespace=team-c");
        }
    }

    @Test
    void tellsWhyTheListenerRefuses() throws IOException {
        try (var server = new LocalServer(403, "{\"errorMessage\":\"ann may not list triggers\"}")) {
            var run = Run.of("deliveries", "-A", "--admin-url", server.url(), "--token", "x");
            assertThat(run.err()).contains("was answered 403: ann may not list triggers").hasLineCount(1);
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void saysThatTheAnswerIsNotTheAdminPorts() throws IOException {
        try (var server = new LocalServer(200, "<html>")) {
            assertThat(Run.of("deliveries", "-A", "--admin-url", server.url(), "--token", "x").err())
                    .contains("is that the admin port?");
        }
    }
}
