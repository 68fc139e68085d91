package dev.bellhop.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.sun.net.httpserver.HttpServer;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets.Lookup;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SecretCacheTest {
    private static final Duration AGE = Duration.ofSeconds(10);
    private static final SecretRef TOKEN = new SecretRef("team-a", "github", "token");
    private static final String SECRET = """
            {"apiVersion":"v1","kind":"Secret","metadata":{"namespace":"team-a","name":"github"},"data":{"token":"eA=="}}
            """;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger status = new AtomicInteger(200);
    private final AtomicReference<CountDownLatch> held = new AtomicReference<>(new CountDownLatch(0));
    private final HttpServer server;
    private final KubernetesClient client;
    private final SecretCache secrets;

    SecretCacheTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            try (exchange) {
                held.get().await();
                var body = SECRET.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(status.get(), body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()).build()).build();
        InstantSource source = now::get;
        secrets = new SecretCache(client, source.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        held.get().countDown();
        client.close();
        server.stop(0);
    }

    @Test
    void anApiServerThatFailsIsNotAskedAgainWithEveryEvent() {
        secrets.refresh(List.of(TOKEN), AGE);
        status.set(503);
        pass(AGE.plusSeconds(1));

        for (int event = 0; event < 50; event++) {
            secrets.refresh(List.of(TOKEN), AGE);
        }
        assertThat(asked).hasValue(2);
        assertThat(secrets.isFresh(List.of(TOKEN), AGE)).isTrue();

        pass(AGE.plusSeconds(1));
        secrets.refresh(List.of(TOKEN), AGE);
        assertThat(asked).hasValue(3);
    }

    @Test
    void whatWasReadBeforeTheApiServerFailedStays() {
        secrets.refresh(List.of(TOKEN), AGE);
        status.set(503);
        pass(AGE.plusSeconds(1));

        secrets.refresh(List.of(TOKEN), AGE);

        assertThat(secrets.find(TOKEN)).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void manyEventsAtOnceReadASecretOnce() throws InterruptedException {
        held.set(new CountDownLatch(1));
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int event = 0; event < 50; event++) {
                secrets.refreshBeside(List.of(TOKEN), AGE, executor);
            }
            held.get().countDown();
        }

        assertThat(asked).hasValue(1);
        assertThat(secrets.find(TOKEN)).isInstanceOf(Lookup.Found.class);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
