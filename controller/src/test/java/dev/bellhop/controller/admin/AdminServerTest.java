package dev.bellhop.controller.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdminServerTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = new AdminServer(0, ready::get, metrics);
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
        client.close();
    }

    @ParameterizedTest
    @CsvSource({"GET, /live, 200", "HEAD, /live, 200", "GET, /ready, 503", "GET, /metrics, 200", "GET, /, 404",
            "GET, /live/more, 404", "POST, /live, 405", "DELETE, /elsewhere, 405"})
    void answers(String method, String path, int status) throws Exception {
        assertThat(send(method, path).statusCode()).isEqualTo(status);
    }

    @Test
    void isReadyOnceTheControllerIs() throws Exception {
        ready.set(true);
        assertThat(send("GET", "/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void publishesTheFiguresOfTheRegistry() throws Exception {
        metrics.counter("bellhop.controller.status.writes").increment();
        var answer = send("GET", "/metrics");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("bellhop_controller_status_writes_total 1.0");
    }

    private HttpResponse<String> send(String method, String path) throws Exception {
        var uri = URI.create("http://127.0.0.1:" + server.port() + path);
        var request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
