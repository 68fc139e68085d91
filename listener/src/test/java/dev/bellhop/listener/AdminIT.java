package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What the admin port shows, and to whom.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class AdminIT extends ListenerStage {
    private static final String FILTER = "[{ref: {name: cel}, params: [{name: filter, value: 'body.n == 1'}]}]";

    @SuppressWarnings("unused")
    AdminIT(ApiServer server) {}

    /// A member, who may list the Triggers of the team's namespace, and a stranger, who may not.
    @BeforeEach
    void aMember() {
        team.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: member, namespace: NS}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: stranger, namespace: NS}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: member, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: bellhop-view}
                subjects: [{kind: ServiceAccount, name: member, namespace: NS}]
                """);
        team.secret("github", "secret");
        team.listener("shared");
        team.trigger("push", FILTER);
        team.trigger("signed", Team.signedWith("github"));
        await().until(() -> listener.serves(team.namespace(), "push") && listener.serves(team.namespace(), "signed"));
    }

    @Test
    void withoutATokenNobodySeesAnything() {
        var reply = sender.get(deliveries(""));
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.json().path("errorMessage").asText()).contains("Authorization: Bearer");
        assertThat(sender.get(deliveries(""), "Authorization", "Bearer nonsense").status()).isEqualTo(401);
        assertThat(sender.get(deliveries(""), "Authorization", "Basic bWU6bWU=").status()).isEqualTo(401);
    }

    @Test
    void aNamespaceIsShownToThoseWhoMayListItsTriggers() {
        var other = Team.in(cluster);
        assertThat(ask("member", "?namespace=" + team.namespace()).status()).isEqualTo(200);
        var stranger = ask("stranger", "?namespace=" + team.namespace());
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(stranger.json().path("errorMessage").asText()).contains(
                "system:serviceaccount:" + team.namespace() + ":stranger",
                "may not list triggers.bellhop.dev in namespace '" + team.namespace() + "'");
        assertThat(ask("member", "?namespace=" + other.namespace()).status()).isEqualTo(403);
        assertThat(ask("stranger", "").status()).as("of all namespaces").isEqualTo(403);
        assertThat(ask("member", "?namespace=" + team.namespace() + "%20").status()).isEqualTo(403);
    }

    @Test
    void showsWhatWasCreatedFilteredAndRefusedNewestFirst() {
        var created = post("push", "{\"n\": 1}").eventId();
        await().until(() -> team.made(created).size() == 1);
        var filtered = post("push", "{\"n\": 2}").eventId();
        var refused = post("signed", "{}");
        assertThat(refused.status()).isEqualTo(401);
        await().untilAsserted(() -> assertThat(items("?namespace=" + team.namespace()))
                .extracting(item -> item.path("outcome").asText())
                .containsExactly("Refused", "Filtered", "Created"));
        var items = items("?namespace=" + team.namespace());
        assertThat(items.get(0).path("detail").asText()).contains("github").contains("X-Hub-Signature-256");
        assertThat(items.get(1).path("detail").asText()).startsWith("cel: ");
        assertThat(items.get(1).path("eventID").asText()).isEqualTo(filtered);

        var line = items.get(2);
        assertThat(line.propertyStream().map(Map.Entry::getKey)).containsExactly("time", "namespace", "trigger",
                "listener", "eventID", "id", "outcome", "detail", "attempts", "objects", "finishedAt");
        assertThat(Instant.parse(line.path("time").asText())).isBefore(Instant.now());
        assertThat(line.path("namespace").asText()).isEqualTo(team.namespace());
        assertThat(line.path("trigger").asText()).isEqualTo("push");
        assertThat(line.path("listener").asText()).isEqualTo(team.namespace() + "/shared");
        assertThat(line.path("eventID").asText()).isEqualTo(created);
        assertThat(line.path("attempts").asInt()).isEqualTo(1);
        assertThat(line.path("detail").asText()).contains("made-");
        assertThat(line.path("objects")).singleElement().satisfies(object -> {
            assertThat(object.path("apiVersion").asText()).isEqualTo("v1");
            assertThat(object.path("kind").asText()).isEqualTo("ConfigMap");
            assertThat(object.path("namespace").asText()).isEqualTo(team.namespace());
            assertThat(object.path("name").asText()).isEqualTo(team.made(created).getFirst().getMetadata().getName());
        });
    }

    @Test
    void showsOneTriggerAndAtMostSoMany() {
        for (int i = 0; i < 5; i++) {
            post("push", "{\"n\": 2}");
        }
        post("signed", "{}");
        assertThat(items("?namespace=" + team.namespace() + "&trigger=push")).hasSize(5);
        assertThat(items("?namespace=" + team.namespace() + "&limit=2")).hasSize(2);
        for (var limit : List.of("0", "1001", "-1", "many")) {
            assertThat(ask("member", "?namespace=" + team.namespace() + "&limit=" + limit).status()).as(limit)
                    .isEqualTo(400);
        }
    }

    @Test
    void countsUnderTektonsNamesAndOurs() {
        var before = metrics();
        var created = post("push", "{\"n\": 1}").eventId();
        await().until(() -> team.made(created).size() == 1);
        post("signed", "{}");
        var team = "namespace=\"" + this.team.namespace() + "\",outcome=";
        await().untilAsserted(() -> assertThat(value("bellhop_outcomes_total{" + team + "\"Created\"}")).isEqualTo(1));
        assertThat(value("bellhop_outcomes_total{" + team + "\"Refused\"}")).isEqualTo(1);
        var received = "eventlistener_event_received_total{status=";
        assertThat(value(received + "\"succeeded\"}") - value(before, received + "\"succeeded\"}")).isEqualTo(1);
        assertThat(value(received + "\"failed\"}") - value(before, received + "\"failed\"}")).isEqualTo(1);
        assertThat(value("eventlistener_triggered_resources_total{kind=\"ConfigMap\"}")).isPositive();
        assertThat(value("eventlistener_http_duration_seconds_count")).isPositive();
        assertThat(value("eventlistener_http_duration_seconds_bucket{le=\"10.0\"}")).isPositive();
        assertThat(metrics()).contains("bellhop_deliveries_unfinished ", "bellhop_deliveries_finished ",
                "bellhop_journal_accepting 1.0",
                "bellhop_answers_total{code=\"202\"}");
    }

    @Test
    void whatSendersInventMakesNoNewSeries() {
        sender.send("GET", listener.url() + "/x");
        long before = metrics().lines().count();
        for (int i = 0; i < 50; i++) {
            sender.send("BREW" + i, listener.url(team.namespace(), "shared") + "/x" + i + "?y=" + i);
        }
        // A status code that has not been answered before may add some; fifty methods and paths may not.
        assertThat(metrics().lines().count()).isLessThan(before + 40);
    }

    @Test
    void probesAndWrongTurnsAreAnswered() {
        assertThat(sender.get(listener.adminUrl() + "/live").body()).isEqualTo("ok");
        assertThat(sender.get(listener.adminUrl() + "/ready").body()).isEqualTo("ok");
        assertThat(sender.get(listener.adminUrl() + "/").status()).isEqualTo(404);
        assertThat(sender.post(listener.adminUrl() + "/metrics", "").status()).isEqualTo(405);
    }

    private Sender.Reply post(String trigger, String body) {
        return sender.post(listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=" + trigger, body,
                "X-GitHub-Event", "push");
    }

    private static String deliveries(String query) {
        return listener.adminUrl() + "/api/v1/deliveries" + query;
    }

    @Test
    void whatASourceLeavesOutIsCountedAndShownWithTheRuleThatDecided() {
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: watcher, namespace: NS}
                rules: [{apiGroups: [""], resources: [configmaps, events, pods], verbs: [get, list, watch]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: watcher, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watcher}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: maps, namespace: NS}
                spec:
                  serviceAccountName: maker
                  triggers: [push]
                  resource: {apiVersion: v1, kind: ConfigMap, namePrefix: wanted, events: [add]}
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: warnings, namespace: NS}
                spec:
                  serviceAccountName: maker
                  triggers: [push]
                  kubernetesEvents:
                    rules: [{kind: Pod, reasons: [Killing], action: reject}, {kind: Pod, action: accept}]
                """);
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.admin().resources(EventSource.class)
                .inNamespace(team.namespace()).list().getItems().stream()
                .allMatch(source -> source.getStatus() != null && source.getStatus().conditions().stream().anyMatch(
                        one -> one.getType().equals("Connected") && one.getStatus().equals("True"))));
        double before = value("bellhop_source_events_total{kind=\"resource\",outcome=\"dropped\"}");
        team.create("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: other, namespace: NS}
                ---
                apiVersion: v1
                kind: Event
                metadata: {name: killed, namespace: NS}
                involvedObject: {apiVersion: v1, kind: Pod, namespace: NS, name: web, uid: u1}
                reason: Killing
                message: It happened.
                type: Normal
                source: {component: kubelet}
                """);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(
                () -> assertThat(items("?namespace=" + team.namespace() + "&trigger=push&outcome=Filtered"))
                        .extracting(item -> item.path("detail").asText())
                        .contains("EventSource maps: namePrefix: add " + team.namespace() + "/other",
                                "EventSource warnings: rules[0]: Pod:Killing " + team.namespace() + "/web"));
        assertThat(value("bellhop_source_events_total{kind=\"resource\",outcome=\"dropped\"}"))
                .isGreaterThan(before);
        assertThat(value("bellhop_source_events_total{kind=\"kubernetesEvents\",outcome=\"dropped\"}")).isPositive();
    }

    private Sender.Reply ask(String who, String query) {
        return sender.get(deliveries(query), "Authorization", "Bearer " + cluster.token(team.namespace(), who));
    }

    private List<JsonNode> items(String query) {
        return StreamSupport.stream(ask("member", query).json().path("items").spliterator(), false).toList();
    }

    private static String metrics() {
        return sender.get(listener.adminUrl() + "/metrics").body();
    }

    private static double value(String series) {
        return value(metrics(), series);
    }

    private static double value(String metrics, String series) {
        return metrics.lines().filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1))).findFirst().orElse(0);
    }
}
