package dev.bellhop.bench.jetstream;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run jetstream`: what a stream kept must have had its effect exactly once, however often its leader dies.
@Command(name = "jetstream", description = "Messages flow from a JetStream stream through an EventSource and an action to another stream, on three servers; the leader is killed again and again.", mixinStandardHelpOptions = true)
public final class JetStreamCommand implements Callable<Integer> {
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);
    private static final Duration DOWN = Duration.ofSeconds(2);

    @Option(names = "--messages", defaultValue = "10000", description = "How many (default: ${DEFAULT-VALUE}).")
    private int messages;

    @Option(names = "--kills", defaultValue = "20", description = "How often the leader is killed (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(names = "--every", defaultValue = "5", description = "Seconds from one kill to the next (default: ${DEFAULT-VALUE}).")
    private int every;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster); var servers = new NatsCluster(stage.file("nats"))) {
            System.out.println("On " + stage.remark() + ": " + messages + " messages, " + kills + " kills");
            stage.create(OBJECTS.replace("URL", servers.urls()));
            try (var listener = stage.listener("jetstream")) {
                while (!listener.isReady()) {
                    Thread.sleep(100);
                }
                return run(servers) ? 0 : 1;
            }
        }
    }

    private boolean run(NatsCluster servers) throws IOException, InterruptedException {
        long began = System.nanoTime();
        var published = CompletableFuture.runAsync(() -> publish(servers, began));
        for (int kill = 1; kill <= kills; kill++) {
            Thread.sleep(Duration.ofSeconds(every).minus(DOWN));
            var leader = servers.leader();
            leader.kill();
            Thread.sleep(DOWN);
            leader.start();
            System.out
                    .println(String.format(Locale.ROOT, "kill %d: %s; %d through", kill, leader.name(), servers.out()));
        }
        published.join();
        long end = System.nanoTime() + DRAIN_WAIT.toNanos();
        while (servers.out() < messages && System.nanoTime() - end < 0) {
            Thread.sleep(500);
        }
        // What came twice would come now.
        Thread.sleep(Duration.ofSeconds(40));
        return tell(servers, Duration.ofNanos(System.nanoTime() - began));
    }

    /// Spreads them over the time of the kills.
    private void publish(NatsCluster servers, long began) {
        long pause = Duration.ofSeconds((long) kills * every).toNanos() / messages;
        try {
            for (int i = 0; i < messages; i++) {
                servers.publish(i);
                long early = began + (i + 1) * pause - System.nanoTime();
                if (early > 0) {
                    Thread.sleep(Duration.ofNanos(early));
                }
            }
        } catch (IOException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    private boolean tell(NatsCluster servers, Duration took) throws IOException, InterruptedException {
        var counted = servers.counted();
        long lost = IntStream.range(0, messages).filter(i -> !counted.containsKey(Integer.toString(i))).count();
        long doubled = counted.values().stream().filter(count -> count > 1).count();
        System.out.println(String.format(Locale.ROOT, """

                published %d, came out %d, in %d s
                lost %d, doubled %d""", messages, counted.size(), took.toSeconds(), lost, doubled));
        boolean kept = lost == 0 && doubled == 0;
        System.out.println(kept ? "Every message had its effect exactly once." : "MESSAGES WERE LOST OR DOUBLED.");
        return kept;
    }

    private static final String OBJECTS = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: bench-jetstream}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: nobody, namespace: bench-jetstream}
            ---
            apiVersion: bellhop.dev/v1alpha1
            kind: Trigger
            metadata: {name: through, namespace: bench-jetstream}
            spec:
              serviceAccountName: nobody
              retry: {maxAttempts: 60, delay: 500ms, maxDelay: 5s}
              actions:
              - publish:
                  nats:
                    url: URL
                    subject: out.${{ string(int(body.number)) }}
                    timeout: 5s
                    body: ${{ string(int(body.number)) }}
            ---
            apiVersion: bellhop.dev/v1alpha1
            kind: EventSource
            metadata: {name: through, namespace: bench-jetstream}
            spec:
              triggers: [through]
              nats:
                url: URL
                jetStream: {stream: IN, deliverPolicy: all}
            """;
}
