package dev.bellhop.bench.failover;

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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongBinaryOperator;

import dev.bellhop.bench.stage.Push;

/// Senders who post to the listeners in turn, as through a Service, and go on whatever becomes of a push: each has an ID of its
/// own and is sent once.
final class Crowd {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final LongBinaryOperator MOST = Math::max;

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();
    private final Duration pause;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicLong acknowledgedAt = new AtomicLong();
    private final AtomicLong longestGap = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    /// Starts `count` of them; each pauses so long between its pushes.
    Crowd(Path root, List<URI> urls, int count, Duration pause) {
        this.pause = pause;
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> send(new Push.Maker(root), urls, number)));
        }
    }

    private void send(Push.Maker maker, List<URI> urls, int number) {
        try {
            for (int i = 0; !stopped; i++) {
                send(maker.of("%03d-%08d".formatted(number, i)), urls.get((number + i) % urls.size()));
                Thread.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Push push, URI url) throws InterruptedException {
        var request = HttpRequest.newBuilder(url).timeout(TIMEOUT).header("Content-Type", "application/json")
                .header("X-GitHub-Event", "push").header("X-GitHub-Delivery", push.id())
                .header("X-Hub-Signature-256", push.signature()).POST(BodyPublishers.ofByteArray(push.body())).build();
        try {
            if (http.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2) {
                acknowledged.add(push.id());
                long now = System.nanoTime();
                long before = acknowledgedAt.getAndSet(now);
                if (before != 0) {
                    longestGap.accumulateAndGet(now - before, MOST);
                }
            } else {
                refused.incrementAndGet();
            }
        } catch (IOException e) {
            // A listener that was killed. What the sender does not know is not held against anybody.
            unanswered.incrementAndGet();
        }
    }

    Set<String> acknowledged() {
        return acknowledged;
    }

    int refused() {
        return refused.get();
    }

    int unanswered() {
        return unanswered.get();
    }

    /// The longest time in which nobody was acknowledged, since this was asked last.
    Duration takeLongestGap() {
        return Duration.ofNanos(longestGap.getAndSet(0));
    }

    /// Waits until `more` pushes are acknowledged from now on.
    void awaitAcknowledged(int more, Duration patience) throws IOException, InterruptedException {
        int until = acknowledged.size() + more;
        long deadline = System.nanoTime() + patience.toNanos();
        while (acknowledged.size() < until) {
            if (System.nanoTime() > deadline) {
                throw new IOException("nothing was acknowledged for " + patience.toSeconds() + " s");
            }
            Thread.sleep(10);
        }
    }

    /// Lets them end.
    void stop() throws InterruptedException {
        stopped = true;
        for (var thread : threads) {
            thread.join();
        }
        http.close();
    }
}
