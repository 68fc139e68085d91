package dev.bellhop.bench.jetstream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.bellhop.bench.stage.Stage;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.StreamConfiguration;

/// Three servers, and a connection to them.
final class NatsCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STEP = Duration.ofMillis(100);

    private final List<NatsNode> nodes;
    private final Connection connection;

    /// Starts them, and makes the streams `IN` and `OUT`, each kept by all three.
    NatsCluster(Path folder) throws IOException, InterruptedException {
        var ports = IntStream.range(0, 6).map(_ -> free()).toArray();
        nodes = IntStream.range(0, 3)
                .mapToObj(i -> new NatsNode("n" + i, folder.resolve("n" + i), ports[i], ports[i + 3])).toList();
        for (var node : nodes) {
            node.configure(nodes);
            node.start();
        }
        connection = Nats.connectReconnectOnConnect(new Options.Builder().servers(urls().split(",")).maxReconnects(-1)
                .connectionTimeout(Duration.ofSeconds(2)).reconnectWait(STEP).errorListener(new ErrorListener() {})
                .build());
        for (var name : List.of("IN", "OUT")) {
            patiently(() -> connection.jetStreamManagement().addStream(StreamConfiguration.builder().name(name)
                    .subjects(name.toLowerCase(Locale.ROOT) + ".>").replicas(3)
                    .duplicateWindow(Duration.ofMinutes(30)).build()));
        }
    }

    /// Something that servers without a leader refuse.
    private interface Attempt<T> {
        T run() throws IOException, JetStreamApiException;
    }

    private static <T> T patiently(Attempt<T> attempt) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                if (System.nanoTime() - end > 0) {
                    throw new IOException("JetStream did not recover within " + PATIENCE.toSeconds() + " s", e);
                }
                Thread.sleep(STEP);
            }
        }
    }

    private static int free() {
        try {
            return Stage.freePort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the servers are, with commas between.
    String urls() {
        return nodes.stream().map(NatsNode::url).collect(Collectors.joining(","));
    }

    /// Publishes until it is kept; however often that takes, it is kept once.
    void publish(int number) throws IOException, InterruptedException {
        var body = ("{\"number\": " + number + "}").getBytes(StandardCharsets.UTF_8);
        patiently(() -> connection.jetStream().publish("in." + number % 100, body,
                PublishOptions.builder().messageId("in-" + number).build()));
    }

    /// The server that leads the stream `IN`.
    NatsNode leader() throws IOException, InterruptedException {
        return patiently(() -> {
            var cluster = connection.jetStreamManagement().getStreamInfo("IN").getClusterInfo();
            var leader = cluster == null ? null : cluster.getLeader();
            return nodes.stream().filter(node -> node.name().equals(leader)).findFirst()
                    .orElseThrow(() -> new IOException("IN has no leader"));
        });
    }

    /// How many messages `OUT` holds.
    long out() throws IOException, InterruptedException {
        return patiently(() -> connection.jetStreamManagement().getStreamInfo("OUT").getStreamState().getMsgCount());
    }

    /// How often each number is in `OUT`.
    Map<String, Integer> counted() throws IOException, InterruptedException {
        long expected = out();
        var counts = new HashMap<String, Integer>();
        var subscription = patiently(
                () -> connection.jetStream().subscribe("out.>", PushSubscribeOptions.builder().ordered(true).build()));
        for (long i = 0; i < expected; i++) {
            var message = subscription.nextMessage(PATIENCE);
            if (message == null) {
                throw new IOException("OUT gave " + i + " of " + expected + " messages");
            }
            counts.merge(new String(message.getData(), StandardCharsets.UTF_8), 1, Integer::sum);
        }
        return counts;
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
            for (var node : nodes) {
                node.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the servers ended", e);
        }
    }
}
