package dev.bellhop.bench.watch;

import java.net.URI;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

/// Creates, changes and deletes ConfigMaps of one namespace as an administrator, some at once, at most at a given rate.
final class Changes implements AutoCloseable {
    private static final int AT_ONCE = 32;
    private static final String FILLING = "x".repeat(700);

    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent http;
    private final RequestOptions request;
    private final String collection;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final AtomicLong failed = new AtomicLong();

    Changes(Config admin, String namespace) {
        var url = URI.create(admin.getMasterUrl());
        var options = new HttpClientOptions();
        boolean secure = "https".equals(url.getScheme());
        if (secure) {
            options.setSsl(true).setVerifyHost(false).setTrustOptions(new PemTrustOptions()
                    .addCertValue(Buffer.buffer(Base64.getMimeDecoder().decode(admin.getCaCertData()))));
        }
        http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(AT_ONCE));
        request = new RequestOptions().setHost(url.getHost()).setPort(url.getPort()).setSsl(secure)
                .putHeader("Accept", "application/json")
                .putHeader("Authorization", "Bearer " + admin.getAutoOAuthToken());
        collection = "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    void create(int number) throws InterruptedException {
        send(HttpMethod.POST, "", "application/json",
                """
                        {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "%s"}, "data": {"value": "0", "filling": "%s"}}
                        """
                        .formatted(name(number), FILLING),
                201);
    }

    void change(int number, String value) throws InterruptedException {
        send(HttpMethod.PATCH, "/" + name(number), "application/merge-patch+json",
                "{\"data\": {\"value\": \"" + value + "\"}}", 200);
    }

    void delete(int number) throws InterruptedException {
        send(HttpMethod.DELETE, "/" + name(number), "application/json", "", 200);
    }

    private static String name(int number) {
        return "watched-%06d".formatted(number);
    }

    private void send(HttpMethod method, String path, String type, String body, int expected)
            throws InterruptedException {
        free.acquire();
        http.request(new RequestOptions(request).setMethod(method).setURI(collection + path).putHeader("Content-Type",
                type)).compose(one -> one.send(Buffer.buffer(body)))
                .compose(response -> response.body().map(_ -> response.statusCode())).onComplete(answered -> {
                    if (answered.failed() || answered.result() != expected) {
                        failed.incrementAndGet();
                    }
                    free.release();
                });
    }

    /// Waits until all that was asked for is answered.
    ///
    /// @throws IllegalStateException when something was refused
    void await() throws InterruptedException {
        free.acquire(AT_ONCE);
        free.release(AT_ONCE);
        if (failed.get() > 0) {
            throw new IllegalStateException("the API server refused " + failed.get() + " changes");
        }
    }

    /// Does something so often in a second, for so long; how often it was.
    int steadily(int perSecond, int seconds, Step step) throws InterruptedException {
        long startedAt = System.nanoTime();
        int all = perSecond * seconds;
        for (int i = 0; i < all; i++) {
            long due = startedAt + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
            long early = due - System.nanoTime();
            if (early > 0) {
                TimeUnit.NANOSECONDS.sleep(early);
            }
            step.number(i);
        }
        await();
        return all;
    }

    /// Something that is done for each number.
    interface Step {
        void number(int number) throws InterruptedException;
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
