package dev.bellhop.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.ApiServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// `bellhop dev` as a newcomer meets it: the quickstart, the commands it prints, kubectl beside it.
@ParameterizedClass
@MethodSource("clusters")
class DevIT {
    private static final Path QUICKSTART = Path.of("..", "examples", "quickstart").toAbsolutePath().normalize();
    private static final Duration SERVED_WITHIN = Duration.ofSeconds(2);

    private final String cluster;

    @TempDir
    private Path home;

    DevIT(String cluster) {
        this.cluster = cluster;
    }

    static List<String> clusters() {
        return ApiServers.atHand().stream().map(ApiServer::name).toList();
    }

    @Test
    void servesTheQuickstart() throws Exception {
        try (var dev = DevProcess.start(cluster, QUICKSTART, home)) {
            firesAndFilters(dev);
            showsWhatHappened(dev);
            showsItInKubectl(dev);
            runsAgainWhatFailed(dev);
            servesWhatIsAppliedLater(dev);

            assertThat(dev.stop()).isZero();
        }
    }

    private void firesAndFilters(DevProcess dev) throws Exception {
        var push = dev.url("team-a", "push");
        assertThat(dev.bellhop("send", "github", "push", "--secret-from", "team-a/github/token", push)).contains("202");
        assertThat(dev.bellhop("send", "github", "push", "--secret-from", "team-a/github/token", push, "--set",
                "ref=refs/heads/main"))
                .contains("202");
        assertThat(dev.bellhop("send", "github", "push", "--secret", "guessed", push)).contains("403");
        assertThat(dev.bellhop("send", "github", "push", push)).contains("401");
        assertThat(post(dev.url("team-b", "note"), "{\"hello\":\"world\"}")).isEqualTo(202);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(dev.log())
                .contains("Created    team-a/push  ConfigMap team-a/push-")
                .contains("Filtered   team-a/push  only main: ")
                .contains("Refused    team-a/push  github: ")
                .contains("Created    team-b/note  ConfigMap team-b/note-"));
    }

    private static void showsWhatHappened(DevProcess dev) throws Exception {
        assertThat(dev.bellhop("get", "triggers", "-A")).contains("READY").contains("Bound")
                .contains(dev.url("team-a", "push"));
        assertThat(dev.bellhop("deliveries", "-A")).contains("Created").contains("Filtered").contains("Refused");
        assertThat(dev.bellhop("deliveries", "--namespace", "team-b")).contains("note").doesNotContain("team-a");
    }

    /// The commands of docs/history.md.
    private static void runsAgainWhatFailed(DevProcess dev) throws Exception {
        dev.kubectl("delete", "rolebinding", "pusher", "-n", "team-a");
        dev.bellhop("send", "github", "push", "--secret-from", "team-a/github/token", dev.url("team-a", "push"),
                "--set",
                "ref=refs/heads/main");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                dev.bellhop("deliveries", "-n", "team-a", "--outcome", "Failed")).contains("answered 403"));
        var id = new ObjectMapper().readTree(dev.bellhop("deliveries", "-n", "team-a", "--outcome", "Failed", "-o",
                "json")).at("/items/0/id").asText();
        assertThat(dev.bellhop("deliveries", "show", id)).contains("Try 1:", "configmaps is forbidden",
                "X-Hub-Signature-256: redacted");

        dev.kubectl("apply", "-f", QUICKSTART.resolve("team-a.yaml").toString());
        assertThat(dev.bellhop("deliveries", "redeliver", id)).isEqualTo(id + " is tried again\n");
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(dev.bellhop("deliveries", "show", id))
                .contains("Try 2:", "Outcome:       Created"));
        assertThat(dev.bellhop("deliveries", "replay", id)).startsWith(id + " is delivered anew as ");
        assertThat(
                dev.bellhop("deliveries", "replay", "-n", "team-b", "--outcome", "Created", "--since", "1h", "--yes"))
                .isEqualTo("1 delivery matches\n1 is delivered anew\n");
    }

    private static void showsItInKubectl(DevProcess dev) throws Exception {
        assertThat(dev.kubectl("get", "triggers", "-A")).contains("READY").contains("REASON").contains("URL")
                .contains("Bound");
        assertThat(dev.kubectl("get", "el", "-A")).contains("TRIGGERS").contains("Served");
        assertThat(dev.kubectl("get", "configmaps", "-n", "team-b", "-l", "triggers.bellhop.dev/trigger=note", "-o",
                "yaml"))
                .contains("greeting: Hello, world!");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(dev.kubectl("get", "events", "-n", "team-a"))
                        .contains("Created").contains("Filtered").contains("Refused"));
    }

    private void servesWhatIsAppliedLater(DevProcess dev) throws Exception {
        var file = home.resolve("later.yaml");
        Files.writeString(file, """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: team-c
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata:
                  name: own
                  namespace: team-c
                spec:
                  labelSelector: {}
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata:
                  name: later
                  namespace: team-c
                spec:
                  interceptors:
                  - ref: {name: cel}
                    params:
                    - {name: filter, value: "false"}
                  template:
                    spec:
                      resourcetemplates:
                      - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: later-}}
                """);
        assertThat(dev.kubectl("apply", "-f", file.toString())).contains("trigger.bellhop.dev/later created");
        var url = "http://localhost:" + dev.ready().path("port").asInt() + "/listeners/team-c/own/team-c?name=later";
        await().atMost(SERVED_WITHIN).untilAsserted(() -> assertThat(post(url, "{}")).isEqualTo(202));
        await().atMost(SERVED_WITHIN).untilAsserted(() -> assertThat(
                dev.kubectl("get", "trigger", "later", "-n", "team-c", "-o", "jsonpath={.status.address.url}"))
                .isEqualTo(url));
    }

    private static int post(String url, String body) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
                    BodyHandlers.discarding()).statusCode();
        }
    }
}
