package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What people see of one delivery and do with it, and that a team does so with its own only; with the shipped roles.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class DeliveriesIT {
    private static final String MAY_MAKE_SECRETS = """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: secrets, namespace: NS}
            rules: [{apiGroups: [""], resources: [secrets], verbs: [create, get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: secrets, namespace: NS}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: secrets}
            subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
            """;
    @TempDir
    static Path dataDirectory;
    private static InstalledCluster cluster;
    private static RunningListener listener;
    private static Sender sender;

    private Team team;
    private Team other;

    @SuppressWarnings("unused")
    DeliveriesIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), dataDirectory.resolve(server.name()));
        sender = new Sender();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sender.close();
        listener.close();
        cluster.close();
    }

    @BeforeEach
    void twoTeams() {
        team = withPeople();
        other = withPeople();
    }

    /// A team with an editor and a viewer, a Trigger that works and one that makes what `maker` may not make yet.
    private static Team withPeople() {
        var team = Team.in(cluster);
        team.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: editor, namespace: NS}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: viewer, namespace: NS}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: view, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bellhop-view}
                subjects:
                - {kind: ServiceAccount, name: viewer, namespace: NS}
                - {kind: ServiceAccount, name: editor, namespace: NS}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: edit, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bellhop-edit}
                subjects: [{kind: ServiceAccount, name: editor, namespace: NS}]
                """);
        team.listener("shared");
        team.trigger("push", "[]");
        team.trigger("denied", "[]", "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}");
        await().until(() -> listener.serves(team.namespace(), "push") && listener.serves(team.namespace(), "denied"));
        return team;
    }

    @Test
    void showsEverythingOfOne() {
        var id = ended(team, "denied", "Failed");
        var shown = get(team, "viewer", "/" + id).json();
        assertThat(shown.path("outcome").asText()).isEqualTo("Failed");
        assertThat(shown.path("tries").path(0).path("why").asText()).contains("secrets");
        assertThat(shown.path("tries").path(0).path("startedAt").asText()).isNotEmpty();
        assertThat(shown.at("/request/headers/X-Api-Key/0").asText()).isEqualTo("redacted");
        assertThat(shown.at("/request/headers/X-Github-Event/0").asText()).isEqualTo("push");
        assertThat(shown.has("payload")).isFalse();
        assertThat(get(team, "viewer", "/" + id + "?payload=true").json().at("/payload/text").asText())
                .isEqualTo("{\"n\":1,\"password\":\"redacted\",\"private\":{\"note\":\"redacted\"}}");
        assertThat(get(team, "viewer", "/" + id + "?payload=maybe").status()).isEqualTo(400);
    }

    @Test
    void whatFailedIsRedeliveredWhenItsReasonIsGone() {
        var id = ended(team, "denied", "Failed");
        team.create(MAY_MAKE_SECRETS);
        assertThat(post(team, "editor", "/" + id + "/redeliver").json().path("id").asText()).isEqualTo(id);
        await().untilAsserted(() -> assertThat(outcome(team, id)).isEqualTo("Created"));
        var shown = get(team, "viewer", "/" + id).json();
        assertThat(shown.path("requestedBy").asText()).endsWith(team.namespace() + ":editor");
        assertThat(shown.path("tries")).hasSize(2);
        var again = post(team, "editor", "/" + id + "/redeliver");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("errorMessage").asText()).contains("replay it");
    }

    @Test
    void whatADeadLetterMadeDoesNotStandInForWhatARedeliveryMakes() {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: buried, namespace: NS}
                spec:
                  serviceAccountName: maker
                  template:
                    spec:
                      resourcetemplates:
                      - {apiVersion: v1, kind: Secret, metadata: {generateName: made-}}
                  deadLetter:
                    actions:
                    - kubernetes: {object: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: dead-}}}
                """);
        await().until(() -> listener.serves(team.namespace(), "buried"));
        var id = ended(team, "buried", "Failed");
        assertThat(objects(id)).containsExactly("ConfigMap");
        team.create(MAY_MAKE_SECRETS);
        post(team, "editor", "/" + id + "/redeliver");
        await().untilAsserted(() -> assertThat(outcome(team, id)).isEqualTo("Created"));
        assertThat(objects(id)).containsExactlyInAnyOrder("ConfigMap", "Secret");
    }

    private List<String> objects(String id) {
        return get(team, "viewer", "/" + id).json().path("objects").findValuesAsText("kind");
    }

    @Test
    void aReplayMakesNewObjects() {
        var id = ended(team, "push", "Created");
        var replay = post(team, "editor", "/" + id + "/replay").json().path("id").asText();
        assertThat(replay).isNotEqualTo(id);
        await().untilAsserted(() -> assertThat(outcome(team, replay)).isEqualTo("Created"));
        assertThat(get(team, "viewer", "/" + replay).json().path("replayOf").asText()).isEqualTo(id);
        assertThat(team.made()).hasSize(2);
        assertThat(post(team, "editor", "/" + id + "/cancel").json().path("errorMessage").asText())
                .isEqualTo(id + " is Created: there is nothing to cancel");
    }

    @Test
    void manyAreCountedThenReplayed() {
        ended(team, "denied", "Failed");
        ended(team, "denied", "Failed");
        ended(team, "push", "Created");
        team.create(MAY_MAKE_SECRETS);
        assertThat(post(team, "editor", ":replay").json().path("errorMessage").asText()).contains("outcome is missing");
        assertThat(post(team, "editor", ":replay?outcome=Filtered").status()).isEqualTo(400);
        var counted = post(team, "editor", ":replay?outcome=Failed&dryRun=true").json();
        assertThat(counted.path("matched").asInt()).isEqualTo(2);
        assertThat(counted.has("queued")).isFalse();
        assertThat(post(team, "viewer", ":replay?outcome=Failed&dryRun=true").status()).isEqualTo(403);
        assertThat(post(team, "editor", ":replay?outcome=Failed").json().path("queued").asInt()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(get(team, "viewer", "?outcome=Created&trigger=denied").json()
                .path("items")).hasSize(2));
        var again = post(team, "editor", ":replay?outcome=Failed").json();
        assertThat(again.path("queued").asInt()).isZero();
        assertThat(again.path("alreadyReplayed").asInt()).isEqualTo(2);
    }

    @Test
    void aTeamSeesAndMovesOnlyItsOwn() {
        var theirs = ended(other, "push", "Created");
        var mine = ended(team, "push", "Created");
        assertThat(get(team, "editor", "/" + mine).status()).isEqualTo(200);
        for (var path : List.of("", ":tail")) {
            assertThat(ask(team, "editor", "GET", other, path).status()).as(path).isEqualTo(403);
        }
        assertThat(ask(team, "editor", "POST", other, ":replay?outcome=Created").status()).isEqualTo(403);
        assertThat(ask(team, "editor", "GET", other, "/" + theirs).status()).isEqualTo(404);
        // Neither by naming one's own namespace or none.
        assertThat(get(team, "editor", "/" + theirs).status()).isEqualTo(404);
        assertThat(everywhere(team, "editor", "GET", "/" + theirs).status()).isEqualTo(404);
        assertThat(everywhere(team, "editor", "GET", "/" + mine).status()).isEqualTo(200);
        assertThat(everywhere(team, "editor", "GET", ":tail").status()).isEqualTo(403);
        // A listing of all namespaces shows those that one may list.
        assertThat(everywhere(team, "viewer", "GET", "").json().path("items").valueStream()
                .map(line -> line.path("id").asText())).containsExactly(mine);
        assertThat(everywhere(team, "maker", "GET", "").status()).isEqualTo(403);
        for (var verb : List.of("redeliver", "replay", "cancel")) {
            assertThat(post(team, "viewer", "/" + mine + "/" + verb).status()).as(verb).isEqualTo(403);
            assertThat(ask(team, "editor", "POST", other, "/" + theirs + "/" + verb).status()).isEqualTo(404);
            assertThat(everywhere(team, "editor", "POST", "/" + theirs + "/" + verb).status()).isEqualTo(404);
            assertThat(sender.post(url(team) + "/" + mine + "/" + verb, "").status()).isEqualTo(401);
        }
        assertThat(get(other, "viewer", "").json().path("items")).hasSize(1);
        assertThat(other.made()).hasSize(1);
    }

    @Test
    void followsWhatHappensFromNowOn() {
        ended(team, "push", "Created");
        var lines = new CopyOnWriteArrayList<String>();
        var failure = new AtomicReference<Exception>();
        var reader = Thread.ofVirtual().start(() -> {
            try (var client = HttpClient.newHttpClient()) {
                var request = HttpRequest.newBuilder(URI.create(url(team) + ":tail"))
                        .header("Authorization", "Bearer " + cluster.token(team.namespace(), "viewer")).build();
                try (var body = client.send(request, BodyHandlers.ofLines()).body()) {
                    body.limit(2).forEach(lines::add);
                }
                client.shutdownNow();
            } catch (IOException e) {
                failure.set(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        await().untilAsserted(() -> assertThat(lines).hasSize(1));
        ended(other, "push", "Created");
        var id = ended(team, "denied", "Failed");
        await().until(() -> !reader.isAlive());
        assertThat(failure).hasNullValue();
        assertThat(lines.get(1)).contains("HAPPENED", id, "Failed");
    }

    /// Posts an event, waits until it ended so; the id of the delivery.
    private static String ended(Team team, String trigger, String outcome) {
        var event = sender.post(listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=" + trigger,
                "{\"n\": 1, \"password\": \"s3cr3t\", \"private\": {\"note\": \"x\"}}", "X-Api-Key", "s3cr3t",
                "X-GitHub-Event", "push").eventId();
        var query = "?eventID=" + event + "&outcome=" + outcome;
        await().untilAsserted(() -> assertThat(get(team, "viewer", query).json().path("items")).hasSize(1));
        return get(team, "viewer", query).json().path("items").path(0).path("id").asText();
    }

    private static String outcome(Team team, String id) {
        JsonNode shown = get(team, "viewer", "/" + id).json();
        return shown.path("outcome").asText();
    }

    private static String url(Team team) {
        return listener.adminUrl() + "/api/v1/namespaces/" + team.namespace() + "/deliveries";
    }

    private static Sender.Reply get(Team team, String who, String rest) {
        return ask(team, who, "GET", team, rest);
    }

    private static Sender.Reply post(Team team, String who, String rest) {
        return ask(team, who, "POST", team, rest);
    }

    private static Sender.Reply ask(Team asking, String who, String method, Team asked, String rest) {
        return send(asking, who, method, url(asked) + rest);
    }

    private static Sender.Reply everywhere(Team asking, String who, String method, String rest) {
        return send(asking, who, method, listener.adminUrl() + "/api/v1/deliveries" + rest);
    }

    private static Sender.Reply send(Team asking, String who, String method, String url) {
        var token = "Bearer " + cluster.token(asking.namespace(), who);
        return method.equals("GET")
                ? sender.get(url, "Authorization", token)
                : sender.post(url, "", "Authorization", token);
    }
}
