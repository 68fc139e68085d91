package dev.bellhop.bench.send;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.bellhop.bench.stage.Push;

/// Senders that post pushes one after the other, each with an ID of its own, and never send one again.
public final class Senders {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    /// A sender that is refused does not try again at once.
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofMillis(20);

    private final URI url;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Ledger.Refusal> refused = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private volatile boolean stopped;

    /// Starts `count` of them.
    public Senders(Path root, URI url, int round, int count) {
        this.url = url;
        for (int i = 0; i < count; i++) {
            var prefix = "%03d-%03d-".formatted(round, i);
            threads.add(Thread.ofVirtual().start(() -> send(new Push.Maker(root), prefix)));
        }
    }

    private void send(Push.Maker maker, String prefix) {
        for (int i = 0; !stopped; i++) {
            var push = maker.of("%s%08d".formatted(prefix, i));
            var request = HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Content-Type", "application/json")
                    .header("X-GitHub-Event", "push").header("X-GitHub-Delivery", push.id())
                    .header("X-Hub-Signature-256", push.signature()).POST(BodyPublishers.ofByteArray(push.body()))
                    .build();
            sent.add(push.id());
            try {
                var answer = http.send(request, BodyHandlers.discarding());
                if (answer.statusCode() / 100 == 2) {
                    acknowledged.add(push.id());
                    first.countDown();
                } else {
                    refused.put(push.id(), new Ledger.Refusal(answer.statusCode(),
                            answer.headers().firstValue("Retry-After").isPresent()));
                    Thread.sleep(PAUSE_AFTER_REFUSAL);
                }
            } catch (IOException e) {
                // No answer: killed while it was at work, or gone already. The sender knows nothing of this event, and sends no more.
                return;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /// Waits until the listener has acknowledged a push: before that it has nothing to lose.
    public void awaitFirst() throws IOException, InterruptedException {
        if (!first.await(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("no push was acknowledged within " + TIMEOUT.toSeconds() + " s");
        }
    }

    /// What they saw so far.
    public Ledger soFar() {
        // Acknowledged first: what is acknowledged meanwhile is among those sent.
        var acknowledgedSoFar = Set.copyOf(acknowledged);
        var refusedSoFar = Map.copyOf(refused);
        return new Ledger(Set.copyOf(sent), acknowledgedSoFar, refusedSoFar);
    }

    /// Lets them end, and tells what they saw.
    public Ledger stop() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join();
        }
        http.close();
        return new Ledger(sent, acknowledged, refused);
    }
}
