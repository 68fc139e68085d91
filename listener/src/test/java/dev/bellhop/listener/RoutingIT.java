package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.bellhop.api.Bellhop;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.ObjectName;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which Triggers a URL reaches, and what everything else is answered.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class RoutingIT extends ListenerStage {
    private static final Logger LOG = LoggerFactory.getLogger(RoutingIT.class);
    private static final String EVENT = "{\"hello\": \"world\"}";
    private static final String BROKEN = "[{ref: {name: cel}, params: [{name: filter, value: 'body.ref = 1'}]}]";
    /// Within which what a user applies must be served.
    private static final Duration SERVED = Duration.ofSeconds(2);

    private final String server;

    RoutingIT(ApiServer server) {
        this.server = server.name();
    }

    @BeforeEach
    void twoTriggersOfOneTeam() {
        team.listener("shared");
        team.trigger("push", "[]");
        team.trigger("tag", "[]");
        await().until(() -> listener.serves(team.namespace(), "push") && listener.serves(team.namespace(), "tag"));
    }

    @Test
    void theRootReachesEveryTriggerOfTheListener() {
        assertReaches(listener.url(team.namespace(), "shared"), "push", "tag");
        assertReaches(listener.url(team.namespace(), "shared") + "/", "push", "tag");
    }

    @Test
    void aNamespaceReachesItsTriggersAndNoOthers() {
        var other = Team.in(cluster);
        other.trigger("push", "[]");
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: both, namespace: NS}
                spec: {namespaceSelector: {matchNames: [NS, %s]}}
                """.formatted(other.namespace()));
        await().until(() -> sender.post(listener.url(team.namespace(), "both") + "/" + other.namespace(), "{")
                .status() == 400);
        assertReaches(listener.url(team.namespace(), "both") + "/" + team.namespace(), "push", "tag");
        assertThat(other.made()).isEmpty();
    }

    @Test
    void aNameReachesOneTrigger() {
        assertReaches(url("?name=push"), "push");
    }

    @Test
    void aLabelSelectorReachesTheTriggersItMatches() {
        assertReaches(url("?label=app%3Dtag"), "tag");
        assertReaches(url("?label=app!%3Dtag"), "push");
        assertReaches(url("?label=app"), "push", "tag");
    }

    @Test
    void theAnswerHasTektonsFieldsAndNoOthers() {
        var reply = sender.post(url("?name=push"), EVENT);
        var uid = cluster.admin().resources(EventListener.class).inNamespace(team.namespace()).withName("shared").get()
                .getMetadata().getUid();
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.body()).isEqualTo(
                "{\"eventListener\":\"shared\",\"namespace\":\"%s\",\"eventListenerUID\":\"%s\",\"eventID\":\"%s\"}\n"
                        .formatted(team.namespace(), uid, reply.eventId()));
        assertThat(reply.eventId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void whatDoesNotExistAndWhatIsOutOfReachLookTheSame() {
        var outside = Team.in(cluster);
        outside.trigger("push", "[]");
        var listening = listener.url(team.namespace(), "shared");
        var refusals = new ArrayList<Sender.Reply>();
        for (var url : List.of(
                url("?name=none"),
                url("?name="),
                url("?label=app%3Dnone"),
                listening + "/no-such-namespace",
                listening + "/no-such-namespace?name=push",
                listening + "/" + outside.namespace(),
                listening + "/" + outside.namespace() + "?name=push",
                listening + "/" + outside.namespace() + "?label=app%3Dpush",
                listening + "/" + team.namespace() + "/push",
                listener.url(team.namespace(), "none"),
                listener.url("none", "shared") + "/" + team.namespace(),
                listener.url() + "/",
                listener.url() + "/" + team.namespace())) {
            refusals.add(sender.post(url, EVENT));
        }
        assertThat(refusals).allMatch(reply -> reply.status() == 404, "404");
        assertThat(refusals.stream().map(Sender.Reply::body).distinct()).containsExactly(
                "{\"errorMessage\":\"no such EventListener, namespace or Trigger is served here\"}\n");
        assertThat(refusals.stream().map(reply -> reply.headers().map().keySet()).distinct()).hasSize(1);
        assertThat(outside.made()).isEmpty();
    }

    @Test
    void malformedQueriesAreToldWhatIsWrong() {
        assertBad(listener.url(team.namespace(), "shared") + "?name=push", "need a namespace");
        assertBad(url("?name=push&label=app"), "exclude each other");
        assertBad(url("?label=app%20in"), "?label=");
    }

    @Test
    void anExposedTriggerIsReachedAtItsHostAndPath() throws IOException {
        cluster.admin().namespaces().withName(team.namespace()).edit(namespace -> {
            namespace.getMetadata().setAnnotations(Map.of("bellhop.dev/allowed-hosts", host()));
            return namespace;
        });
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: exposed, namespace: NS, labels: {app: exposed}}
                        spec:
                          serviceAccountName: maker
                          expose: {host: %s, path: /echo}
                          template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
                        """
                        .formatted(host()));
        await().until(() -> at(host(), "/echo").status() == 202);
        var answer = at(host() + ":443", "/echo/?name=push");
        assertThat(answer.status()).isEqualTo(202);
        await().untilAsserted(() -> assertThat(team.made(answer.eventId()))
                .extracting(made -> made.getMetadata().getLabels().get(Bellhop.LABEL_TRIGGER))
                .containsExactly("exposed"));
        assertThat(at(host(), "/").status()).isEqualTo(404);
        assertThat(at(host(), "/echo/more").status()).isEqualTo(404);
        assertThat(at("other.example.com", "/echo").status()).isEqualTo(404);
    }

    private String host() {
        return team.namespace() + ".example.com";
    }

    private static RawConnection.Answer at(String host, String path) throws IOException {
        try (var connection = new RawConnection(listener.port())) {
            return connection.send("POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s".formatted(path, host,
                    EVENT.length(), EVENT)).answer().orElseThrow();
        }
    }

    @Test
    void onlyPostIsAllowed() {
        for (var method : List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "BREW")) {
            var reply = sender.send(method, url("?name=push"));
            assertThat(reply.status()).as(method).isEqualTo(405);
            assertThat(reply.header("Allow")).as(method).isEqualTo("POST");
        }
    }

    @Test
    void aBrokenTriggerAsksToComeBack() {
        team.trigger("broken", BROKEN);
        await().untilAsserted(() -> {
            var reply = sender.post(url("?name=broken"), EVENT);
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isEqualTo("10");
            assertThat(reply.json().path("errorMessage").asText()).contains("not Ready").doesNotContain("body.ref");
        });
        assertReaches(url(""), "push", "tag");
    }

    @Test
    void probesAreAnswered() {
        assertThat(sender.get(listener.url() + "/live")).extracting(Sender.Reply::status, Sender.Reply::body)
                .containsExactly(200, "ok");
        assertThat(sender.get(listener.url() + "/ready")).extracting(Sender.Reply::status, Sender.Reply::body)
                .containsExactly(200, "ok");
    }

    @Test
    void aListenerOfItsOwnServesAtTheRoot(@TempDir Path ownDirectory) throws IOException {
        try (var own = RunningListener.startOnly(new ObjectName(team.namespace(), "shared"),
                cluster.shipped("bellhop-listener"),
                ownDirectory)) {
            assertThat(sender.post(own.url() + "/" + team.namespace() + "?name=push", EVENT).status()).isEqualTo(202);
            assertThat(sender.post(own.url(), EVENT).status()).isEqualTo(202);
            assertThat(sender.post(own.url(team.namespace(), "shared"), EVENT).status()).isEqualTo(404);
            await().until(() -> team.made().size() == 3);
        }
    }

    @Test
    void whatIsAppliedAfterwardsIsServedSoon() {
        var label = "events=" + team.namespace();
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: labelled, namespace: NS}
                spec: {namespaceSelector: {matchLabels: {events: NS}}}
                """);
        soon("a new EventListener", 202, () -> sender.post(listener.url(team.namespace(), "labelled"), EVENT));
        var late = Team.in(cluster, label);
        late.trigger("push", "[]");
        var url = listener.url(team.namespace(), "labelled") + "/" + late.namespace() + "?name=push";
        soon("a new Trigger in a new namespace", 202, () -> sender.post(url, EVENT));
        cluster.admin().namespaces().withName(late.namespace()).edit(namespace -> {
            namespace.getMetadata().setLabels(Map.of());
            return namespace;
        });
        soon("a namespace without its label", 404, () -> sender.post(url, EVENT));
    }

    @Test
    void aRotatedSecretIsTakenUpSoon() {
        team.secret("github", "old");
        team.trigger("signed", Team.signedWith("github"));
        soon("a Secret", 202, () -> signed("old"));
        assertThat(signed("new").status()).isEqualTo(403);
        cluster.admin().secrets().inNamespace(team.namespace()).withName("github")
                .edit(secret -> new SecretBuilder(secret).addToStringData("token", "new").build());
        soon("a rotated Secret", 202, () -> signed("new"));
        soon("the old Secret", 403, () -> signed("old"));
    }

    private Sender.Reply signed(String secret) {
        var body = EVENT.getBytes(StandardCharsets.UTF_8);
        return sender.post(url("?name=signed"), body, "X-GitHub-Event", "push", "X-Hub-Signature-256",
                Sender.signature(secret, body));
    }

    private void soon(String what, int status, Supplier<Sender.Reply> ask) {
        long start = System.nanoTime();
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20))
                .until(() -> ask.get().status() == status);
        var took = Duration.ofNanos(System.nanoTime() - start);
        LOG.info("{}: {} was answered {} after {} ms", server, what, status, took.toMillis());
        assertThat(took).as(what).isLessThan(SERVED);
    }

    private String url(String query) {
        return listener.url(team.namespace(), "shared") + "/" + team.namespace() + query;
    }

    private void assertReaches(String url, String... triggers) {
        var reply = sender.post(url, EVENT);
        assertThat(reply.status()).as(url).isEqualTo(202);
        await().untilAsserted(() -> assertThat(team.made(reply.eventId()))
                .extracting(made -> made.getMetadata().getLabels().get(Bellhop.LABEL_TRIGGER))
                .containsExactlyInAnyOrder(triggers));
    }

    private static void assertBad(String url, String why) {
        var reply = sender.post(url, EVENT);
        assertThat(reply.status()).as(url).isEqualTo(400);
        assertThat(reply.json().path("errorMessage").asText()).contains(why);
    }
}
