package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What senders see of a listener that ends.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class StopIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String EVENT = "{\"n\": 1}";

    private final InstalledCluster cluster;
    @TempDir
    Path dataDirectory;
    private RunningListener listener;
    private Sender sender;
    private String path;

    StopIT(ApiServer server) {
        cluster = new InstalledCluster(server);
    }

    @BeforeEach
    void start() throws IOException {
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), dataDirectory);
        sender = new Sender();
        var team = Team.in(cluster);
        team.listener("shared");
        team.trigger("any", "[]");
        await().until(() -> listener.serves(team.namespace(), "any"));
        path = listener.url(team.namespace(), "shared").substring(listener.url().length());
    }

    @AfterEach
    void stop() {
        sender.close();
        listener.close();
        cluster.close();
    }

    @Test
    void acceptsWhileItLeavesAndSendsSendersToOthers() throws Exception {
        try (var kept = connect()) {
            assertThat(kept.send(post()).answer().orElseThrow().closes()).isFalse();

            var leaving = Thread.ofVirtual().start(() -> listener.leave(Duration.ofHours(1)));
            await().atMost(SOON).until(() -> sender.get(listener.url() + "/ready").status() == 503);
            var answer = kept.send(post()).answer().orElseThrow();
            leaving.interrupt();
            leaving.join();

            assertThat(answer.status()).isEqualTo(202);
            assertThat(answer.closes()).isTrue();
            assertThat(kept.isClosed(SOON)).isTrue();
        }
    }

    @Test
    void asksToComeBackWhileItStopsWhoeverHadNotSentAll() throws Exception {
        try (var kept = connect(); var slow = connect()) {
            assertThat(kept.send(post()).answer().orElseThrow().status()).isEqualTo(202);
            var half = post().length() - EVENT.length() / 2;
            slow.send(post().substring(0, half));
            await().atMost(SOON).until(() -> heldBytes() > 0);

            var stopping = Thread.ofVirtual().start(listener::close);
            await().atMost(SOON).until(() -> sender.get(listener.url() + "/ready").status() == 503);
            var early = kept.send(post()).answer().orElseThrow();
            var late = slow.send(post().substring(half)).answer().orElseThrow();
            stopping.join();

            assertThat(early.status()).isEqualTo(503);
            assertThat(early.head()).containsIgnoringCase("retry-after: 2");
            assertThat(early.closes()).isTrue();
            assertThat(late.status()).isEqualTo(503);
            assertThat(late.head()).containsIgnoringCase("retry-after: 2");
            assertThat(late.closes()).isTrue();
        }
    }

    private RawConnection connect() throws IOException {
        return new RawConnection(listener.port());
    }

    private String post() {
        return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + EVENT.length() + "\r\n\r\n" + EVENT;
    }

    private double heldBytes() {
        return sender.get(listener.adminUrl() + "/metrics").body().lines()
                .filter(line -> line.startsWith("bellhop_inflight_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ')))).findFirst().orElseThrow();
    }
}
