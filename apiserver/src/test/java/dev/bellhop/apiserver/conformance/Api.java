package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.object.Json;
import io.fabric8.kubernetes.client.Config;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// One user's raw HTTP access to a server.
final class Api {

    /// What came back.
    record Answer(int code, JsonNode body) {

        JsonNode expect(int expected) {
            assertThat(code).as(body::toString).isEqualTo(expected);
            return body;
        }

        void refused(int expected, String reason, String message) {
            assertThat(code).as(body::toString).isEqualTo(expected);
            assertThat(body.path("kind").asText()).isEqualTo("Status");
            assertThat(body.path("reason").asText()).isEqualTo(reason);
            assertThat(body.path("message").asText()).contains(message);
        }
    }

    private final URI url;
    private final HttpClient http;
    private final Map<String, String> headers;

    private Api(URI url, HttpClient http, Map<String, String> headers) {
        this.url = url;
        this.http = http;
        this.headers = headers;
    }

    /// As the administrator.
    static Api of(ApiServer server) {
        Config config = Config.fromKubeconfig(server.kubeconfig());
        byte[] authority = Base64.getDecoder().decode(config.getCaCertData());
        HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusting(authority)).connectTimeout(Duration.ofSeconds(10)).build();
        return new Api(server.url(), http, Map.of("Authorization", "Bearer " + config.getAutoOAuthToken()));
    }

    Api withHeader(String name, String value) {
        var all = new TreeMap<>(headers);
        all.put(name, value);
        return new Api(url, http, all);
    }

    Api withToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    Api anonymous() {
        return new Api(url, http, Map.of());
    }

    Answer get(String path) {
        return send("GET", path, "", "application/json");
    }

    Answer post(String path, String body) {
        return send("POST", path, body, "application/json");
    }

    Answer put(String path, String body) {
        return send("PUT", path, body, "application/json");
    }

    Answer delete(String path) {
        return send("DELETE", path, "", "application/json");
    }

    Answer delete(String path, String body) {
        return send("DELETE", path, body, "application/json");
    }

    Answer jsonPatch(String path, String body) {
        return send("PATCH", path, body, "application/json-patch+json");
    }

    Answer mergePatch(String path, String body) {
        return send("PATCH", path, body, "application/merge-patch+json");
    }

    Answer strategicPatch(String path, String body) {
        return send("PATCH", path, body, "application/strategic-merge-patch+json");
    }

    Answer apply(String path, String manager, boolean force, String body) {
        return send("PATCH", path + "?fieldManager=" + manager + "&force=" + force, body,
                "application/apply-patch+yaml");
    }

    Answer send(String method, String path, String body, String contentType) {
        try {
            HttpRequest request = request(path).header("Content-Type", contentType)
                    .method(method, body.isEmpty()
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), tree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// All events of a watch that the server ends by itself after a second or two.
    List<JsonNode> watch(String path) {
        try {
            HttpResponse<InputStream> response = http.send(request(path).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            var events = new ArrayList<JsonNode>();
            try (InputStream lines = response.body()) {
                for (String line : new String(lines.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                    if (!line.isBlank()) {
                        events.add(Json.read(line));
                    }
                }
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException("watch " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpClient http() {
        return http;
    }

    Map<String, String> headers() {
        return headers;
    }

    URI at(String path) {
        return URI.create(url + path);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        return request;
    }

    private static JsonNode tree(String body) {
        try {
            return Json.read(body);
        } catch (IOException notJson) {
            return Json.object().textNode(body);
        }
    }

    private static SSLContext trusting(byte[] pem) {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Trusting the server's certificate", e);
        }
    }
}
