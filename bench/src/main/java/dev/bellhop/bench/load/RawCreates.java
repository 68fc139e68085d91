package dev.bellhop.bench.load;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;

/// Creates without Bellhop: the most that the API server gives on this machine to the client that the listener uses, with as many
/// creates at once, as an administrator, who costs the API server no checks.
final class RawCreates implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClientAgent http;
    private final RequestOptions request;
    private final ObjectNode object;
    private final int atOnce;
    private int names;

    /// Creates objects like `object`, under names of their own, in `namespace`.
    RawCreates(Config admin, ObjectNode object, String namespace, int atOnce) {
        var url = URI.create(admin.getMasterUrl());
        var trust = new PemTrustOptions()
                .addCertValue(Buffer.buffer(java.util.Base64.getMimeDecoder().decode(admin.getCaCertData())));
        http = vertx.createHttpClient(new HttpClientOptions().setSsl(true).setTrustOptions(trust).setVerifyHost(false),
                new PoolOptions().setHttp1MaxSize(atOnce));
        request = new RequestOptions().setMethod(HttpMethod.POST).setHost(url.getHost()).setPort(url.getPort())
                .setSsl(true)
                .setURI("/api/v1/namespaces/" + namespace + "/configmaps")
                .putHeader("Content-Type", "application/json").putHeader("Accept", "application/json")
                .putHeader("Authorization", "Bearer " + admin.getAutoOAuthToken());
        this.object = object.deepCopy();
        this.object.withObject("metadata").put("namespace", namespace);
        this.atOnce = atOnce;
    }

    /// Creates `count` objects; how long it took until the last was answered.
    Duration create(int count) {
        long startedAt = System.nanoTime();
        var done = new CompletableFuture<Void>();
        var left = new AtomicInteger(count);
        var started = new AtomicInteger(atOnce);
        for (int i = 0; i < Math.min(atOnce, count); i++) {
            next(count, started, left, done);
        }
        done.join();
        return Duration.ofNanos(System.nanoTime() - startedAt);
    }

    private void next(int count, AtomicInteger started, AtomicInteger left, CompletableFuture<Void> done) {
        http.request(request).compose(one -> one.send(body())).compose(response -> response.body().map(body -> {
            if (response.statusCode() != 201) {
                throw new IllegalStateException("a raw create was answered " + response.statusCode() + ": " + body);
            }
            return body;
        })).onComplete(created -> {
            if (created.failed()) {
                done.completeExceptionally(created.cause());
            } else if (left.decrementAndGet() == 0) {
                done.complete(null);
            } else if (started.incrementAndGet() <= count) {
                next(count, started, left, done);
            }
        });
    }

    private synchronized Buffer body() {
        object.withObject("metadata").put("name", "raw-%010d".formatted(names++));
        return Buffer.buffer(object.toString());
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
