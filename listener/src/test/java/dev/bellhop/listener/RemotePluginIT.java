package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A source that is a plug-in behind a URL: what it is told, and what becomes of what it posts.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class RemotePluginIT {
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String[] TICK = {"Content-Type", "application/json", "ce-specversion", "1.0", "ce-source",
            "/ticker", "ce-type", "com.example.tick", "ce-subject", "noon"};
    @TempDir
    static Path dataDirectory;
    private static InstalledCluster cluster;
    private static RunningListener listener;

    private final Receiver plugin = new Receiver();
    private final Sender sender = new Sender();
    private Team team;

    @SuppressWarnings("unused")
    RemotePluginIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        listener = RunningListener.startAllowing(List.of("http://127.0.0.1"), cluster.shipped("bellhop-listener"),
                dataDirectory.resolve(server.name()));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        listener.close();
        cluster.close();
    }

    @BeforeEach
    void aTeam() {
        team = Team.in(cluster);
        team.secret("ticker", "s3cret");
    }

    @AfterEach
    void stopPlugin() {
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).delete();
        plugin.close();
        sender.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    @Test
    void thePluginLearnsOfTheSourceOfItsChangesAndOfItsEnd() {
        team.trigger("keep", "[]");
        source("triggers: [keep]", plugin.url());
        var told = soon().until(() -> told("PUT"), Optional::isPresent).orElseThrow();
        assertThat(told.path("namespace").asText()).isEqualTo(team.namespace());
        assertThat(told.path("name").asText()).isEqualTo("ticks");
        assertThat(told.at("/spec/every").asText()).isEqualTo("1s");
        assertThat(told.path("eventsUrl").asText()).endsWith(":" + listener.port() + path());
        assertThat(plugin.received().getFirst().path()).isEqualTo("/" + told.path("uid").asText());
        assertThat(plugin.received().getFirst().header("Authorization")).isEqualTo("Bearer s3cret");
        soon().until(() -> isConnected("True"));

        plugin.clear();
        patch("{\"spec\": {\"plugin\": {\"spec\": {\"every\": \"2s\"}}}}");
        soon().until(() -> told("PUT").map(spec -> spec.at("/spec/every").asText()).filter("2s"::equals).isPresent());
        assertThat(told("PUT").orElseThrow().path("generation").asLong())
                .isGreaterThan(told.path("generation").asLong());
        assertThat(told("DELETE")).isEmpty();

        patch("{\"spec\": {\"suspend\": true}}");
        soon().until(() -> told("DELETE").isPresent());
        assertThat(post("1", "s3cret").status()).isEqualTo(503);
        plugin.clear();
        patch("{\"spec\": {\"suspend\": false}}");
        soon().until(() -> told("PUT").isPresent());
        plugin.clear();
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("ticks").delete();
        soon().until(() -> told("DELETE").isPresent());
        assertThat(post("1", "s3cret").status()).isEqualTo(404);
    }

    @Test
    void whatItPostsIsKeptForEachTriggerOnce() {
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: keep, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          interceptors:
                          - ref: {name: cel}
                            params: [{name: filter, value: "event.source == 'plugin' && event.type == 'com.example.tick' && !('Authorization' in header)"}]
                          bindings: [{name: n, value: $(body.n)}]
                          template:
                            spec:
                              params: [{name: n}]
                              resourcetemplates:
                              - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {n: $(tt.params.n)}}
                        """);
        source("triggers: [keep]", plugin.url());
        soon().until(() -> isConnected("True"));

        var answer = post("1", "s3cret");
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        assertThat(answer.json().path("eventSource").asText()).isEqualTo("ticks");
        soon().until(() -> team.made(answer.eventId()).size() == 1);
        assertThat(team.made().getFirst().getData()).containsEntry("n", "1");

        assertThat(post("1", "s3cret").status()).as("the same event again").isEqualTo(202);
        var structured = sender.post(listener.url() + path(),
                """
                        {"specversion": "1.0", "id": "2", "source": "/ticker", "type": "com.example.tick", "data": {"n": "2"}}
                        """,
                "Content-Type", "application/cloudevents+json", "Authorization", "bearer s3cret");
        assertThat(structured.status()).isEqualTo(202);
        soon().until(() -> team.made().size() == 2);
        assertThat(team.made()).extracting(made -> made.getData().get("n")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void onlyWhoHasTheTokenMayPostAndOnlyCloudEvents() {
        team.trigger("keep", "[]");
        source("triggers: [keep]", plugin.url());
        soon().until(() -> isConnected("True"));
        var nobody = sender.post(listener.url() + path(), "{}", TICK);
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(post("1", "wrong").status()).isEqualTo(403);
        var plain = sender.post(listener.url() + path(), "{}", "Authorization", "Bearer s3cret");
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.body()).contains("CloudEvent");
        assertThat(sender.send("GET", listener.url() + path()).status()).isEqualTo(405);

        cluster.admin().secrets().inNamespace(team.namespace()).withName("ticker")
                .patch(MERGE, "{\"data\": {\"token\": \"bmV3\"}}");
        soon().until(() -> post("2", "new").status() == 202);
        soon().until(() -> post("3", "s3cret").status() == 403);
        assertThat(team.made().size()).isLessThanOrEqualTo(1);
    }

    @Test
    void aSourceOfAnotherKindIsNotPostedTo() {
        team.trigger("keep", "[]");
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: ticks, namespace: NS}
                spec: {triggers: [keep], cron: {interval: 1h}}
                """);
        soon().until(() -> isConnected("True"));
        assertThat(post("1", "s3cret").status()).isEqualTo(404);
    }

    @Test
    void triggersAreBoundAndUnboundByTheirLabels() {
        source("triggerSelector: {matchLabels: {app: late}}", plugin.url());
        soon().until(() -> isConnected("True"));
        assertThat(post("1", "s3cret").status()).as("wanted by nobody").isEqualTo(202);
        team.trigger("late", "[]");
        soon().until(() -> {
            post("a" + System.nanoTime(), "s3cret");
            return !team.made().isEmpty();
        });
        cluster.admin().genericKubernetesResources("bellhop.dev/v1alpha1", "Trigger").inNamespace(team.namespace())
                .withName("late").patch(MERGE, "{\"metadata\": {\"labels\": {\"app\": null}}}");
        soon().until(() -> {
            var id = post("b" + System.nanoTime(), "s3cret").eventId();
            return listener.endingsOf(id).isEmpty();
        });
        var last = post("last", "s3cret");
        assertThat(last.status()).isEqualTo(202);
        await().during(Duration.ofMillis(500)).until(() -> team.made(last.eventId()).isEmpty());
    }

    @Test
    void theConditionConnectedTellsHowThePluginFares() {
        team.trigger("keep", "[]");
        plugin.plan(422, Map.of("Retry-After", "1"), "{\"message\": \"every: '1s' is too short\"}");
        source("triggers: [keep]", plugin.url());
        soon().until(() -> connected().map(Condition::getMessage).filter(why -> why.contains("is too short"))
                .isPresent());
        assertThat(connected().orElseThrow().getReason()).isEqualTo("SpecRefused");
        soon().until(() -> isConnected("True"));
        plugin.close();
        patch("{\"spec\": {\"plugin\": {\"spec\": {\"every\": \"2s\"}}}}");
        soon().until(() -> isConnected("False"));
        assertThat(connected().orElseThrow().getReason()).isEqualTo("Unreachable");
        assertThat(post("1", "s3cret").status()).as("a plug-in that can send is heard").isEqualTo(202);
        try (var another = new Receiver()) {
            patch("{\"spec\": {\"plugin\": {\"url\": \"" + another.url() + "\"}}}");
            soon().until(() -> isConnected("True"));
        }
    }

    @Test
    void aUrlThatTheAdminDoesNotAllowIsNotCalled() {
        team.trigger("keep", "[]");
        source("triggers: [keep]", "http://localhost:1/");
        soon().until(() -> isConnected("False"));
        assertThat(connected().orElseThrow().getReason()).isEqualTo("NotAllowed");
        assertThat(connected().orElseThrow().getMessage()).contains("--action-url");
    }

    private void source(String triggers, String url) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: ticks, namespace: NS}
                spec:
                  %s
                  plugin:
                    url: %s
                    tokenSecret: {secretName: ticker, secretKey: token}
                    spec: {every: 1s}
                """.formatted(triggers, url));
    }

    private Sender.Reply post(String id, String token) {
        var headers = new java.util.ArrayList<>(List.of(TICK));
        headers.addAll(List.of("ce-id", id, "Authorization", "Bearer " + token));
        return sender.post(listener.url() + path(), "{\"n\": \"" + id + "\"}", headers.toArray(String[]::new));
    }

    private String path() {
        return "/sources/" + team.namespace() + "/ticks";
    }

    private void patch(String json) {
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("ticks").patch(MERGE, json);
    }

    /// What the plug-in was told last.
    private Optional<JsonNode> told(String method) {
        return plugin.received().stream().filter(request -> request.method().equals(method))
                .reduce((_, second) -> second).map(request -> json(request.body()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private boolean isConnected(String status) {
        return connected().map(Condition::getStatus).filter(status::equals).isPresent();
    }

    private Optional<Condition> connected() {
        var source = cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("ticks").get();
        return Optional.ofNullable(source.getStatus()).stream().flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.getType().equals("Connected")).findFirst();
    }
}
