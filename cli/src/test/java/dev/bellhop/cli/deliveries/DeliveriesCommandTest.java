package dev.bellhop.cli.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.bellhop.cli.LocalServer;
import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveriesCommandTest {
    private static final String TWO = """
            {"items":[
              {"time":"2026-01-01T10:00:00.123456Z","namespace":"team-a","trigger":"push","eventID":"e-2",
               "outcome":"Filtered","detail":"cel: no\\nreally"},
              {"time":"2026-01-01T09:00:00Z","namespace":"team-bee","trigger":"note","eventID":"e-1","id":"e-1.1",
               "outcome":"Created","detail":"ConfigMap team-bee/note-x"}]}
            """;

    @Test
    void printsOneAlignedLineForEach() throws IOException {
        try (var server = new LocalServer(200, TWO)) {
            var run = Run.of("deliveries", "-A", "--admin-url", server.url() + "/", "--token", "t0ken");
            assertThat(run.out()).isEqualTo("""
                    TIME                   NAMESPACE   TRIGGER   ID      OUTCOME    DETAIL
                    2026-01-01T10:00:00Z   team-a      push      e-2     Filtered   cel: no really
                    2026-01-01T09:00:00Z   team-bee    note      e-1.1   Created    ConfigMap team-bee/note-x
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

    private static Run asked(LocalServer server, String... arguments) {
        var line = new ArrayList<>(List.of("deliveries"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--admin-url", server.url(), "--token", "x"));
        return Run.of(line.toArray(String[]::new));
    }

    private static List<String> requests(LocalServer server) {
        return server.received().stream().map(received -> received.method() + " " + received.uri()).toList();
    }

    @Test
    void narrowsAsItIsTold() throws IOException {
        try (var server = new LocalServer(200, "{\"items\":[]}")) {
            asked(server, "list", "-n", "team-a", "--outcome", "Failed,Retrying", "--event", "e-1", "--from",
                    "2026-01-01T00:00:00+01:00", "--to", "2026-01-02T00:00:00Z");
            assertThat(requests(server)).containsExactly("GET /api/v1/deliveries?limit=50&namespace=team-a"
                    + "&outcome=Failed%2CRetrying&eventID=e-1&from=2026-01-01T00%3A00%3A00%2B01%3A00"
                    + "&to=2026-01-02T00%3A00%3A00Z");
        }
    }

    @Test
    void readsOnUntilItHasAsManyAsWereWanted() throws IOException {
        try (var server = new LocalServer(200,
                TWO.replace("{\"items\"", "{\"metadata\":{\"continue\":\"t0\"},\"items\""))) {
            var run = asked(server, "-A", "--limit", "4", "-o", "yaml");
            assertThat(requests(server)).containsExactly("GET /api/v1/deliveries?limit=4",
                    "GET /api/v1/deliveries?limit=2&continue=t0");
            assertThat(run.out()).startsWith("metadata:\n  continue: t0\nitems:\n");
            assertThat(run.err()).contains("There are older ones: raise --limit");
        }
    }

    @Test
    void showsOne() throws IOException {
        try (var server = new LocalServer(200, """
                {"time":"2026-01-01T10:00:00.5Z","namespace":"team-a","trigger":"push","listener":"desk/shared",
                 "eventID":"e-2","id":"e-2.1","outcome":"Failed","detail":"create: no","attempts":1,"objects":[],
                 "tries":[{"attempt":1,"startedAt":"2026-01-01T10:00:01Z","endedAt":"2026-01-01T10:00:02Z",
                           "outcome":"Failed","step":"create","why":"no"}],
                 "request":{"method":"POST","url":"/","headers":{"X-Key":["redacted"]},"payloadBytes":2},
                 "payload":{"truncated":false,"text":"{}"}}
                """)) {
            assertThat(asked(server, "show", "e-2.1", "--payload").out()).isEqualTo("""
                    ID:            e-2.1
                    Outcome:       Failed
                    Detail:        create: no
                    Trigger:       team-a/push
                    Listener:      desk/shared
                    Accepted:      2026-01-01T10:00:00.5Z
                    Try 1:         2026-01-01T10:00:02Z Failed at create: no
                    Request:       POST / (2 bytes)
                    Header:        X-Key: redacted
                    Payload:
                    {}
                    """);
            assertThat(requests(server)).containsExactly("GET /api/v1/deliveries/e-2.1?payload=true");
        }
    }

    @Test
    void showsWhichEventSourceBroughtTheEvent() throws IOException {
        try (var server = new LocalServer(200, "{\"id\":\"e-2.1\",\"eventSource\":\"team-a/orders\"}")) {
            assertThat(asked(server, "show", "e-2.1").out()).contains("Event source:  team-a/orders\n")
                    .doesNotContain("Listener:");
        }
    }

    @Test
    void movesThoseThatAreNamed() throws IOException {
        try (var server = new LocalServer(200, "{\"id\":\"e-2.2\",\"outcome\":\"Pending\"}")) {
            assertThat(asked(server, "redeliver", "e-2.2").out()).isEqualTo("e-2.2 is tried again\n");
            assertThat(asked(server, "replay", "e-2.1").out()).isEqualTo("e-2.1 is delivered anew as e-2.2\n");
            assertThat(asked(server, "cancel", "-n", "team-a", "e-2.2").out()).isEqualTo("e-2.2 is cancelled\n");
            assertThat(requests(server)).containsExactly("POST /api/v1/deliveries/e-2.2/redeliver",
                    "POST /api/v1/deliveries/e-2.1/replay",
                    "POST /api/v1/namespaces/team-a/deliveries/e-2.2/cancel");
        }
    }

    @Test
    void countsBeforeItReplaysMany() throws IOException {
        try (var server = new LocalServer(200, "{\"matched\":3,\"more\":false,\"queued\":3,\"refused\":[]}")) {
            assertThat(asked(server, "replay", "-n", "team-a", "--outcome", "Failed", "--since", "1h", "--yes").out())
                    .isEqualTo("3 deliveries match\n3 are delivered anew\n");
            assertThat(requests(server)).hasSize(2).allMatch(request -> request
                    .startsWith("POST /api/v1/namespaces/team-a/deliveries:replay?outcome=Failed&from="));
            assertThat(requests(server).get(1)).isEqualTo(requests(server).getFirst().replace("dryRun=true",
                    "dryRun=false"));
        }
    }

    @Test
    void doesNotReplayManyWithoutBeingTold() throws IOException {
        try (var server = new LocalServer(200, "{\"matched\":3,\"more\":false}")) {
            var run = asked(server, "replay", "-n", "team-a", "--outcome", "Failed");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("add --yes to replay all 3");
            assertThat(asked(server, "replay", "-n", "team-a", "--outcome", "Failed", "--dry-run").exitCode()).isZero();
            assertThat(requests(server)).hasSize(2).allMatch(request -> request.endsWith("dryRun=true"));
        }
    }

    @Test
    void followsUntilTheListenerEnds() throws IOException {
        try (var server = new LocalServer(200,
                """
                        {"type":"BOOKMARK"}
                        {"type":"HAPPENED","object":{"time":"2026-01-01T10:00:00Z","namespace":"team-a","trigger":"push","eventID":"e-2","outcome":"Filtered","detail":"cel: no"}}
                        {"type":"LOST","count":7}
                        """)) {
            var run = asked(server, "tail", "-A", "-t", "push");
            assertThat(run.out()).isEqualTo("2026-01-01T10:00:00Z   team-a   push   e-2   Filtered   cel: no\n");
            assertThat(run.err()).contains("7 more happened").contains("The listener ended the stream");
            assertThat(requests(server)).containsExactly("GET /api/v1/deliveries:tail?trigger=push");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "-n a list|--namespace must stand behind 'list'",
            "replay|which deliveries? Name their IDs, or at least --outcome",
            "replay e-1.1 --outcome Failed|IDs and filters exclude each other",
            "list --since 1h --from 2026-01-01T00:00:00Z|--since and --from exclude each other",
            "list --since soon|must be a time span such as 90s, 15m, 1h30m or 7d",
            "list --limit 0|--limit '0' must be at least 1",
            "list -n a -A|-n and -A exclude each other",
    })
    void tellsWhatCannotBeMeant(String arguments, String message) throws IOException {
        try (var server = new LocalServer(200, "{}")) {
            var run = asked(server, arguments.split(" "));
            assertThat(run.err()).contains(message);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(server.received()).isEmpty();
        }
    }
}
