package dev.bellhop.bench.send;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import dev.bellhop.bench.stage.Push;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;

/// Pushes at a steady rate, whether or not those before were answered: as from many senders who know nothing of each other. Each
/// has an ID of its own, and none is sent again.
public final class Stream {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final long TICK_NANOS = Duration.ofMillis(5).toNanos();
    private static final int CONNECTIONS = 64;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClientAgent http = vertx
            .createHttpClient(new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1));
    private final Push.Maker maker;
    private final RequestOptions target;
    private final String prefix;
    private final double perSecond;
    private final Map<String, Long> dueAt = new ConcurrentHashMap<>();
    private final Map<String, Long> answeredAfter = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<String, Ledger.Refusal> refused = new ConcurrentHashMap<>();
    private final AtomicLong open = new AtomicLong();
    private final Thread thread;
    private volatile boolean stopped;

    /// Begins to send `events` pushes to `url`, whose IDs begin with `prefix`. The recording is in the checkout at `root`.
    public Stream(Path root, URI url, String prefix, double perSecond, long events) {
        this.maker = new Push.Maker(root);
        this.target = new RequestOptions().setMethod(HttpMethod.POST).setHost(url.getHost()).setPort(url.getPort())
                .setURI(url.getPath()).setTimeout(TIMEOUT.toMillis());
        this.prefix = prefix;
        this.perSecond = perSecond;
        thread = Thread.ofPlatform().name("stream " + prefix).start(() -> run(events));
    }

    private void run(long events) {
        long begin = System.nanoTime();
        for (long i = 0; i < events && !stopped; i++) {
            long due = begin + (long) (i / perSecond * 1e9);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(Math.min(TICK_NANOS, due - System.nanoTime()));
            }
            send(maker.of("%s%010d".formatted(prefix, i)), due);
        }
    }

    private void send(Push push, long due) {
        dueAt.put(push.id(), due);
        open.incrementAndGet();
        var request = new RequestOptions(target).putHeader("Content-Type", "application/json")
                .putHeader("X-GitHub-Event", "push").putHeader("X-GitHub-Delivery", push.id())
                .putHeader("X-Hub-Signature-256", push.signature());
        http.request(request).compose(one -> one.send(Buffer.buffer(push.body())))
                .compose(response -> response.end().map(_ -> response))
                .onComplete(response -> {
                    if (response.succeeded()) {
                        answered(push.id(), due, response.result());
                    }
                    open.decrementAndGet();
                });
    }

    private void answered(String id, long due, HttpClientResponse response) {
        answeredAfter.put(id, System.nanoTime() - due);
        if (response.statusCode() / 100 == 2) {
            acknowledged.add(id);
        } else {
            refused.put(id, new Ledger.Refusal(response.statusCode(), response.getHeader("Retry-After") != null));
        }
    }

    /// When each push was due to be sent, by [System#nanoTime()].
    public Map<String, Long> dueAt() {
        return dueAt;
    }

    /// How long the answers took that the sender was glad of.
    public Latencies acknowledgements() {
        return Latencies.of(acknowledged.stream().map(answeredAfter::get).toList());
    }

    /// How many were sent so far.
    public int sent() {
        return dueAt.size();
    }

    /// How many were acknowledged so far.
    public int acknowledged() {
        return acknowledged.size();
    }

    /// Sends no more than it has, and waits for the answers.
    public Ledger stop() throws InterruptedException {
        stopped = true;
        return await();
    }

    /// Waits until all is sent and answered.
    public Ledger await() throws InterruptedException {
        thread.join();
        while (open.get() > 0) {
            Thread.sleep(10);
        }
        vertx.close().await();
        return new Ledger(Set.copyOf(dueAt.keySet()), acknowledged, refused);
    }
}
