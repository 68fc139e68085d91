package dev.bellhop.listener.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import dev.bellhop.listener.share.Breaker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiConnectionTest {
    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void sendsTokenUserAndBodyBelowThePathOfTheServer() throws Exception {
        try (var api = connect("/k8s/clusters/c1/", request -> request.body().onSuccess(
                body -> request.response().setStatusCode(201).putHeader("Retry-After", "7").end(body)))) {
            var response = api.ask(HttpMethod.POST, "/api/v1/namespaces/a/configmaps", Optional.of(Buffer.buffer("{}")),
                    Optional.of("system:serviceaccount:a:maker"));
            assertThat(response.status()).isEqualTo(201);
            assertThat(response.body()).hasToString("{}");
            assertThat(response.retryAfter()).contains(Duration.ofSeconds(7));
        }
        var request = requests.take();
        assertThat(request.uri()).isEqualTo("/k8s/clusters/c1/api/v1/namespaces/a/configmaps");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer token");
        assertThat(request.getHeader("Impersonate-User")).isEqualTo("system:serviceaccount:a:maker");
        assertThat(request.headers().contains("Impersonate-Group")).isFalse();
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
    }

    @Test
    void aServerThatDoesNotAnswerInTimeGaveNoAnswer() {
        try (var api = connect("", _ -> {})) {
            assertThatThrownBy(() -> get(api)).isInstanceOf(ApiConnection.NoAnswer.class)
                    .hasMessageContaining("did not answer");
        }
    }

    @Test
    void aServerThatHangsUpGaveNoAnswer() {
        try (var api = connect("", request -> request.connection().close())) {
            assertThatThrownBy(() -> get(api)).isInstanceOf(ApiConnection.NoAnswer.class)
                    .hasMessageContaining("did not answer");
        }
    }

    @Test
    void aServerThatBreaksOffInTheMiddleGaveNoAnswer() {
        try (var api = connect("", request -> {
            request.response().putHeader("Content-Length", "100").write("{");
            vertx.setTimer(50, _ -> request.connection().close());
        })) {
            assertThatThrownBy(() -> get(api)).isInstanceOf(ApiConnection.NoAnswer.class);
        }
    }

    @Test
    void aServerThatSaysLittleForeverGaveNoAnswer() {
        try (var api = connect("", request -> {
            request.response().setChunked(true);
            vertx.setPeriodic(50, _ -> request.response().write(" "));
        })) {
            assertThatThrownBy(() -> get(api)).isInstanceOf(ApiConnection.NoAnswer.class)
                    .hasMessage("the API server did not answer within PT1S");
        }
    }

    @Test
    void aDateToRetryAfterIsLeftOut() throws Exception {
        try (var api = connect("",
                request -> request.response().putHeader("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT").end())) {
            assertThat(get(api).retryAfter()).isEmpty();
        }
    }

    private static ApiConnection.Response get(ApiConnection api) throws ApiConnection.NoAnswer {
        return api.ask(HttpMethod.GET, "/api/v1", Optional.empty(), Optional.empty());
    }

    private ApiConnection connect(String path, Handler<HttpServerRequest> answer) {
        var server = vertx.createHttpServer().requestHandler(request -> {
            requests.add(request);
            answer.handle(request);
        }).listen(0, "127.0.0.1").await();
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.actualPort() + path).build();
        return new ApiConnection(vertx, config, () -> Optional.of("token"), 2, Duration.ofMillis(500),
                new Breaker(new Random(1)), Clock.systemUTC());
    }
}
