package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.record.Ending;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Webhooks of any content: what senders post that is no JSON, and what Triggers make of it.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class AnyContentIT extends ActionStage {
    private static final byte[] BINARY = {(byte) 0x89, 'P', 'N', 'G', 0, (byte) 0xFF, '{', '"', '}'};

    @SuppressWarnings("unused")
    AnyContentIT(ApiServer server) {}

    @BeforeEach
    void aTriggerThatKeepsWhatItSees() {
        actions("""
                - kubernetes:
                    operation: create
                    object:
                      apiVersion: v1
                      kind: ConfigMap
                      metadata: {name: seen}
                      data:
                        raw: ${{ raw }}
                        isJson: ${{ string(dyn(body) != null) }}
                        bytes: ${{ base64.encode(rawBytes) }}
                """);
        await().until(() -> listener.serves(team.namespace(), "act"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                        | disk full on db-1                  | false
            application/xml                   | <build id="1"><by>Ann</by></build> | false
            application/x-www-form-urlencoded | payload=%7B%22n%22%3A1%7D          | false
            application/x-www-form-urlencoded | {"n": 1}                           | true
            text/plain; charset=utf-8         | {"n": 1}                           | true
            application/json                  | [{"n": 1}]                         | true
            """)
    void textIsThereAsItCameAndAsJsonIfItIs(String contentType, String content, boolean isJson) {
        var data = seen(content.getBytes(StandardCharsets.UTF_8), contentType);
        assertThat(data).containsEntry("raw", content).containsEntry("isJson", Boolean.toString(isJson));
    }

    @Test
    void bytesThatAreNoTextAreThereAsBytes() {
        var data = seen(BINARY, "image/png");
        assertThat(Base64.getDecoder().decode(data.get("bytes"))).isEqualTo(BINARY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain"})
    void anEmptyBodyIsAnEventToo(String contentType) {
        assertThat(seen(new byte[0], contentType)).containsEntry("isJson", "false").containsEntry("bytes", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"n\":", "", "n=1", "7"})
    void whatIsDeclaredToBeJsonMustBe(String content) {
        var reply = sender.post(url(), content, "Content-Type", "application/json");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("Invalid event body format : ");
    }

    @Test
    void whoNeedsJsonSaysThatItIsNone() {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: bound, namespace: NS}
                spec:
                  serviceAccountName: maker
                  bindings: [{name: n, value: $(body.n)}]
                  actions: [{log: {message: "${{ params.n }}"}}]
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: filtered, namespace: NS}
                spec:
                  serviceAccountName: maker
                  interceptors: [{ref: {name: cel}, params: [{name: filter, value: body.n > 1}]}]
                  actions: [{log: {message: big}}]
                """);
        for (var trigger : new String[]{"bound", "filtered"}) {
            await().until(() -> listener.serves(team.namespace(), trigger));
            var reply = sender.post(url().replace("=act", "=" + trigger), "no", "Content-Type", "text/plain");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(ending(reply.eventId())).isNotInstanceOf(Ending.Created.class).extracting(Ending::detail)
                    .asString().contains("the body of the event is not JSON");
        }
    }

    @Test
    void isForwardedAsItCame() {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: forward, namespace: NS}
                spec:
                  serviceAccountName: maker
                  actions: [{cloudEvent: {url: '%sin', type: t}}]
                """.formatted(receiver.url()));
        await().until(() -> listener.serves(team.namespace(), "forward"));
        sender.post(url().replace("=act", "=forward"), "<a/>", "Content-Type", "text/xml");
        await().until(() -> !receiver.received().isEmpty());
        assertThat(receiver.received().getFirst().body()).isEqualTo("<a/>");
    }

    private Map<String, String> seen(byte[] content, String contentType) {
        var reply = contentType.isEmpty()
                ? sender.post(url(), content)
                : sender.post(url(), content, "Content-Type", contentType);
        assertThat(reply.status()).as(reply.body()).isEqualTo(202);
        assertThat(ending(reply.eventId())).isInstanceOf(Ending.Created.class);
        return configMap("seen").getData();
    }

    private String url() {
        return listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=act";
    }
}
