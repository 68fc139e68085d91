package dev.bellhop.apiserver.conformance;

import static dev.bellhop.apiserver.conformance.Scene.configMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Watching, from the past and as it happens.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class WatchIT {

    private final Scene scene;
    private final Api api;
    private final String maps;

    WatchIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.api = scene.api();
        this.maps = scene.core("configmaps");
    }

    @Test
    void tellsWhatWasAddedModifiedAndDeleted() {
        String from = revision();
        api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);
        api.put(maps + "/a", configMap("a", "{\"k\":\"2\"}")).expect(200);
        api.delete(maps + "/a").expect(200);

        assertThat(seen("?watch=true&timeoutSeconds=1&resourceVersion=" + from)).containsExactly("ADDED a",
                "MODIFIED a",
                "DELETED a");
    }

    @Test
    void beginsAfterTheRevisionAskedFor() {
        api.post(maps, configMap("a", "{}")).expect(201);
        String from = revision();
        api.post(maps, configMap("b", "{}")).expect(201);

        assertThat(seen("?watch=true&timeoutSeconds=1&resourceVersion=" + from)).containsExactly("ADDED b");
    }

    @Test
    void beginsWithWhatIsThereWhenNoRevisionIsAskedFor() {
        api.post(scene.widgets(), Scene.widget("a", "{\"size\":1}")).expect(201);

        assertThat(api.watch(scene.widgets() + "?watch=true&timeoutSeconds=1"))
                .extracting(event -> event.path("type").asText()).containsExactly("ADDED");
    }

    @Test
    void tellsOfObjectsThatEnterAndLeaveASelection() {
        api.post(maps, configMap("a", "{}")).expect(201);
        String from = revision();
        label("a", "\"yes\"");
        label("a", "null");

        assertThat(seen("?watch=true&timeoutSeconds=1&labelSelector=in&resourceVersion=" + from)).containsExactly(
                "ADDED a",
                "DELETED a");
    }

    @Test
    void watchesOneObjectByName() {
        String from = revision();
        api.post(maps, configMap("a", "{}")).expect(201);
        api.post(maps, configMap("b", "{}")).expect(201);

        assertThat(seen("?watch=true&timeoutSeconds=1&fieldSelector=metadata.name%3Db&resourceVersion=" + from))
                .containsExactly("ADDED b");
    }

    @Test
    void tellsTheLastStateOfADeletedObjectWithTheRevisionOfItsDeletion() {
        JsonNode created = api.post(maps, configMap("a", "{\"k\":\"1\"}")).expect(201);
        String from = created.path("metadata").path("resourceVersion").asText();
        api.delete(maps + "/a").expect(200);

        JsonNode deleted = api.watch(maps + "?watch=true&timeoutSeconds=1&resourceVersion=" + from).getFirst()
                .path("object");

        assertThat(deleted.path("data").path("k").asText()).isEqualTo("1");
        assertThat(deleted.path("metadata").path("resourceVersion").asLong()).isGreaterThan(Long.parseLong(from));
    }

    @Test
    void watchesInTables() {
        String from = revision();
        api.post(maps, configMap("a", "{}")).expect(201);

        JsonNode event = api.withHeader("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                .watch(maps + "?watch=true&timeoutSeconds=1&resourceVersion=" + from).getFirst();

        assertThat(event.path("object").path("kind").asText()).isEqualTo("Table");
        assertThat(event.path("object").path("rows").get(0).path("cells").get(0).asText()).isEqualTo("a");
    }

    @Test
    void watchesByWebSocket() throws InterruptedException {
        var messages = new LinkedBlockingQueue<String>();
        String path = maps + "?watch=true&labelSelector=in&resourceVersion=" + revision();
        URI url = URI.create(api.at(path).toString().replaceFirst("^http", "ws"));
        WebSocket socket = api.http().newWebSocketBuilder()
                .header("Origin", api.at("").toString())
                .header("Authorization", api.headers().getOrDefault("Authorization", ""))
                .buildAsync(url, into(messages))
                .join();

        api.post(maps, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"w\",\"labels\":{\"in\":"
                + "\"yes\"}}}").expect(201);

        assertThat(messages.poll(10, TimeUnit.SECONDS)).contains("\"ADDED\"").contains("\"w\"");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    @Test
    void refusesToWatchForWhoMayNot() {
        api.withHeader("Impersonate-User", "nobody").get(maps + "?watch=true").refused(403, "Forbidden",
                "User \"nobody\" cannot watch resource \"configmaps\" in API group \"\" in the namespace");
    }

    private List<String> seen(String query) {
        // Real clusters put a ConfigMap of their own into every namespace.
        return api.watch(maps + query).stream()
                .filter(event -> !event.path("object").path("metadata").path("name").asText().endsWith(".crt"))
                .map(event -> event.path("type").asText() + " "
                        + event.path("object").path("metadata").path("name").asText())
                .toList();
    }

    private String revision() {
        return api.get(maps).expect(200).path("metadata").path("resourceVersion").asText();
    }

    private void label(String name, String value) {
        api.mergePatch(maps + "/" + name, "{\"metadata\":{\"labels\":{\"in\":" + value + "}}}").expect(200);
    }

    private static WebSocket.Listener into(LinkedBlockingQueue<String> messages) {
        return new WebSocket.Listener() {
            private final StringBuilder text = new StringBuilder();

            @Override
            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                    messages.add(text.toString());
                    text.setLength(0);
                }
                return WebSocket.Listener.super.onText(socket, "", last);
            }
        };
    }
}
