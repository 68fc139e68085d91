package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a Trigger says about how its deliveries are carried out, and what its admin allows.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class DeliveryPolicyIT extends ListenerStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    @SuppressWarnings("unused")
    DeliveryPolicyIT(ApiServer server) {}

    @BeforeEach
    void aDoor() {
        team.listener("shared");
    }

    @Test
    void anEventThatIsSentAgainIsDoneOnce() {
        trigger("push", "made-");
        var first = post("push", "X-GitHub-Delivery", "id-1");
        await().atMost(PATIENCE).until(() -> team.made(first.eventId()).size() == 1);
        var again = post("push", "X-GitHub-Delivery", "id-1");
        assertThat(again.status()).isEqualTo(202);
        var other = post("push", "X-GitHub-Delivery", "id-2");
        await().atMost(PATIENCE).until(() -> team.made(other.eventId()).size() == 1);
        assertThat(listener.endingsOf(again.eventId())).singleElement().isInstanceOf(Ending.Duplicate.class);
        assertThat(team.made()).hasSize(2);
    }

    @Test
    void aRedeliveryOfWhatFailedRunsAndMakesTheRestOnly() {
        var forbidden = "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}";
        trigger("push", "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}, " + forbidden, "");
        var first = post("push", "X-GitHub-Delivery", "id-1");
        await().atMost(PATIENCE).until(() -> listener.endingsOf(first.eventId()).stream()
                .anyMatch(Ending.Failed.class::isInstance));
        cluster.admin().rbac().roles().inNamespace(team.namespace()).withName("maker").patch(MERGE,
                """
                        {"rules": [{"apiGroups": [""], "resources": ["configmaps", "secrets"], "verbs": ["create", "get"]}]}""");
        // An API server may take a moment to know of a changed Role.
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(300)).until(() -> {
            var again = post("push", "X-GitHub-Delivery", "id-1");
            await().until(() -> !listener.endingsOf(again.eventId()).isEmpty());
            return listener.endingsOf(again.eventId()).getLast() instanceof Ending.Created;
        });
        assertThat(team.made()).as("ConfigMaps").hasSize(1);
        assertThat(cluster.admin().secrets().inNamespace(team.namespace()).list().getItems())
                .filteredOn(secret -> secret.getMetadata().getName().startsWith("made-")).hasSize(1);
    }

    @Test
    void aSuspendedTriggerKeepsItsEventsUntilItIsResumed() {
        trigger("push", "made-", "suspend: true");
        trigger("other", "other-");
        IntStream.range(0, 5).forEach(_ -> assertThat(post("push").status()).isEqualTo(202));
        var other = post("other");
        await().atMost(PATIENCE).until(() -> team.made(other.eventId()).size() == 1);
        assertThat(team.made()).hasSize(1);
        cluster.admin().genericKubernetesResources("bellhop.dev/v1alpha1", "Trigger").inNamespace(team.namespace())
                .withName("push").patch(MERGE, "{\"spec\": {\"suspend\": false}}");
        await().atMost(PATIENCE).until(() -> team.made().size() == 6);
    }

    @Test
    void aTriggerThatSendsMoreThanItMayIsToldToWait() {
        trigger("push", "made-", "limits: {eventsPerSecond: 0.1, burst: 3}");
        trigger("other", "other-");
        var answers = IntStream.range(0, 6).mapToObj(_ -> post("push")).toList();
        assertThat(answers).extracting(Sender.Reply::status).containsExactly(202, 202, 202, 429, 429, 429);
        assertThat(answers.getLast().json().path("errorMessage").asText())
                .contains("Trigger " + team.namespace() + "/push", "eventsPerSecond");
        assertThat(post("other").status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> team.made().size() == 4);
        // Not all are told one by one.
        assertThat(listener.endings(team.namespace())).filteredOn(Ending.Throttled.class::isInstance).isNotEmpty();
    }

    @Test
    void aSenderThatIsTurnedAwayKeepsItsConnection() throws IOException {
        trigger("push", "made-", "limits: {eventsPerSecond: 0.001, burst: 1}");
        assertThat(post("push").status()).isEqualTo(202);
        try (var connection = new RawConnection(listener.port())) {
            var statuses = new ArrayList<Integer>();
            for (int i = 0; i < 20; i++) {
                connection.send("POST " + path("push") + " HTTP/1.1\r\nHost: a\r\nContent-Length: 20000\r\n\r\n");
                connection.send("no JSON ".repeat(2_500));
                var answer = connection.answer().orElseThrow();
                assertThat(answer.closes()).isFalse();
                statuses.add(answer.status());
            }
            // Those that are looked at turn out to be no events; those that are not, nobody knows.
            assertThat(statuses).contains(429).containsOnly(400, 429);
        }
    }

    @Test
    void whatTheAdminAllowsANamespaceHoldsForAllItsTriggers() {
        cluster.admin().namespaces().withName(team.namespace()).patch(MERGE, """
                {"metadata": {"annotations": {"bellhop.dev/limit-queued-events": "2"}}}""");
        trigger("push", "made-", "suspend: true");
        trigger("other", "other-", "suspend: true");
        await().atMost(PATIENCE).until(() -> post("push").status() == 429);
        assertThat(post("other").status()).isEqualTo(429);
    }

    @Test
    void aDeliveryThatIsGivenUpTakesBackWhatItMade() {
        cluster.admin().rbac().roles().inNamespace(team.namespace()).withName("maker").patch(MERGE, """
                {"rules": [{"apiGroups": [""], "resources": ["configmaps"], "verbs": ["create", "get", "delete"]}]}""");
        trigger("push", "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}, "
                + "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}", "rollback: true");
        var event = post("push").eventId();
        await().atMost(PATIENCE).until(() -> listener.endingsOf(event).stream()
                .anyMatch(Ending.Failed.class::isInstance));
        assertThat(listener.endingsOf(event).getLast().detail()).contains("deleted again").contains("made-");
        assertThat(team.made()).isEmpty();
    }

    @Test
    void aDeliveryThatIsGivenUpIsToldWhereTheTriggerWantsIt() throws IOException {
        var letters = new LinkedBlockingQueue<String>();
        var inbox = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        inbox.createContext("/", exchange -> {
            letters.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            // The first is answered badly: it is sent again.
            exchange.sendResponseHeaders(letters.size() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        inbox.start();
        try {
            trigger("push", "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}",
                    "deadLetter: {url: 'http://127.0.0.1:" + inbox.getAddress().getPort() + "/dead'}");
            var event = sender.post(url("push"), "{\"n\": 7}", "X-Hub-Signature", "sha1=secret").eventId();
            await().atMost(PATIENCE).until(() -> !listener.endingsOf(event).isEmpty());
            assertThat(listener.endingsOf(event).getLast().detail()).contains("403", "its dead letter was posted to");
            assertThat(letters).hasSize(2).allSatisfy(letter -> assertThat(letter).contains(event, "\"n\":7",
                    "dev.bellhop.delivery.dead").doesNotContain("sha1=secret"));
        } finally {
            inbox.stop(0);
        }
    }

    @Test
    void aDeadLetterGoesOnlyWhereTheAdminAllows() {
        trigger("push", "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}",
                "deadLetter: {url: 'http://metadata.example.com/'}");
        var event = post("push").eventId();
        await().atMost(PATIENCE).until(() -> !listener.endingsOf(event).isEmpty());
        assertThat(listener.endingsOf(event).getLast().detail())
                .contains("the admin does not allow http://metadata.example.com/");
    }

    @Test
    void aNewerEventOfTheSameKeyCancelsThoseThatWait() {
        trigger("push", "made-", "suspend: true\n  concurrency: {key: body.pr, policy: cancelOlder}");
        sender.post(url("push"), "{\"pr\": 1, \"n\": 1}");
        sender.post(url("push"), "{\"pr\": 2, \"n\": 2}");
        var newest = sender.post(url("push"), "{\"pr\": 1, \"n\": 3}").eventId();
        cluster.admin().genericKubernetesResources("bellhop.dev/v1alpha1", "Trigger").inNamespace(team.namespace())
                .withName("push").patch(MERGE, "{\"spec\": {\"suspend\": false}}");
        await().atMost(PATIENCE).until(() -> team.made().size() == 2);
        await().during(Duration.ofSeconds(1)).until(() -> team.made().size() == 2);
        assertThat(team.made(newest)).hasSize(1);
    }

    @Test
    void withoutAKeyAllDeliveriesOfATriggerExcludeEachOther() {
        trigger("push", "made-", "suspend: true\n  concurrency: {policy: cancelOlder}");
        IntStream.range(0, 3).forEach(_ -> assertThat(post("push").status()).isEqualTo(202));
        var newest = post("push");
        cluster.admin().genericKubernetesResources("bellhop.dev/v1alpha1", "Trigger").inNamespace(team.namespace())
                .withName("push").patch(MERGE, "{\"spec\": {\"suspend\": false}}");
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
        await().during(Duration.ofSeconds(1)).until(() -> team.made().size() == 1);
        assertThat(team.made(newest.eventId())).hasSize(1);
    }

    @Test
    void aTriggersOwnRetryIsKeptTo() {
        trigger("push", "{apiVersion: none.example.com/v1, kind: Nothing, metadata: {generateName: made-}}",
                "retry: {maxAttempts: 3, delay: 10ms, factor: 1}");
        var event = post("push").eventId();
        await().atMost(PATIENCE).until(() -> listener.endingsOf(event).stream()
                .anyMatch(Ending.Failed.class::isInstance));
        assertThat(listener.endingsOf(event)).hasSize(3);
        assertThat(listener.endingsOf(event).getLast().detail()).contains("given up after 3 tries");
    }

    private void trigger(String name, String prefix) {
        trigger(name, prefix, "");
    }

    /// A Trigger that makes ConfigMaps named with `prefix`, or `prefix` itself where that is YAML of resources.
    private void trigger(String name, String prefix, String policy) {
        var resources = prefix.startsWith("{")
                ? prefix
                : "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: " + prefix + "}}";
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: %s, namespace: NS}
                spec:
                  serviceAccountName: maker
                  template: {spec: {resourcetemplates: [%s]}}
                  %s
                """.formatted(name, resources, policy));
        await().until(() -> listener.serves(team.namespace(), name));
    }

    private String url(String trigger) {
        return listener.url() + path(trigger);
    }

    private String path(String trigger) {
        return Directory.PREFIX + team.namespace() + "/shared/" + team.namespace() + "?name=" + trigger;
    }

    private Sender.Reply post(String trigger, String... headers) {
        return sender.post(url(trigger), "{}", headers);
    }
}
