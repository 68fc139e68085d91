package dev.bellhop.listener.action;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import dev.bellhop.listener.share.Breaker;
import io.fabric8.kubernetes.client.Config;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;

/// A connection to the API server for creating objects at a high rate: Vert.x's HTTP client costs a third of the CPU that the
/// general client costs for each create. It takes address, certificates and token from the general client's configuration.
/// Calls block, and are meant for virtual threads.
public final class ApiConnection implements AutoCloseable {
    private static final int KUBERNETES_TLS_PORT = 443;

    private final HttpClientAgent client;
    private final RequestOptions target;
    private final String basePath;
    private final Supplier<Optional<String>> token;
    private final Duration timeout;
    private final Breaker breaker;
    private final Clock clock;

    /// What the API server answered; `body` is JSON text as a rule.
    record Response(int status, Buffer body, Optional<Duration> retryAfter) {}

    /// The API server could not be asked, or did not answer in time: the request may or may not have had its effect.
    static final class NoAnswer extends IOException {
        private static final long serialVersionUID = 1;

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// Opens at most `connections` connections as `config` says; `token` gives the bearer token of the moment. `breaker` is
    /// told how each request went.
    public ApiConnection(Vertx vertx, Config config, Supplier<Optional<String>> token, int connections,
            Duration timeout, Breaker breaker, Clock clock) {
        var master = URI.create(config.getMasterUrl());
        boolean tls = "https".equals(master.getScheme());
        int port = master.getPort() > 0
                ? master.getPort()
                : tls ? KUBERNETES_TLS_PORT : HttpClientOptions.DEFAULT_DEFAULT_PORT;
        var options = new HttpClientOptions()
                .setSsl(tls)
                .setTrustAll(config.isTrustCerts())
                .setVerifyHost(!config.isDisableHostnameVerification() && !config.isTrustCerts())
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAliveTimeout(30)
                .setIdleTimeout(60);
        Pem.of(config.getCaCertData(), config.getCaCertFile())
                .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertValue(ca)));
        var clientCertificate = Pem.of(config.getClientCertData(), config.getClientCertFile());
        var clientKey = Pem.of(config.getClientKeyData(), config.getClientKeyFile());
        if (clientCertificate.isPresent() && clientKey.isPresent()) {
            options.setKeyCertOptions(
                    new PemKeyCertOptions().addCertValue(clientCertificate.get()).addKeyValue(clientKey.get()));
        }
        this.client = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
        this.target = new RequestOptions().setHost(master.getHost()).setPort(port).setSsl(tls);
        this.basePath = Objects.requireNonNullElse(master.getPath(), "").replaceAll("/+$", "");
        this.token = token;
        this.timeout = timeout;
        this.breaker = breaker;
        this.clock = clock;
    }

    /// Asks the API server, as `impersonate` if that is given: only the user is sent, so that the server itself adds the groups of
    /// a ServiceAccount.
    Response ask(HttpMethod method, String path, Optional<Buffer> body, Optional<String> impersonate) throws NoAnswer {
        return ask(method, path, "application/json", body, impersonate);
    }

    /// The same with a body of another type.
    Response ask(HttpMethod method, String path, String contentType, Optional<Buffer> body,
            Optional<String> impersonate) throws NoAnswer {
        var options = new RequestOptions(target).setMethod(method).setURI(basePath + path)
                .setTimeout(timeout.toMillis())
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "bellhop-listener");
        token.get().ifPresent(bearer -> options.putHeader("Authorization", "Bearer " + bearer));
        impersonate.ifPresent(user -> options.putHeader("Impersonate-User", user));
        body.ifPresent(_ -> options.putHeader("Content-Type", contentType));
        var answer = client.request(options)
                // Nested, so that the body is asked for on the event loop that the response comes in by: from this thread it
                // may be too late, and then the body is lost.
                .compose(request -> (body.isPresent() ? request.send(body.get()) : request.send())
                        .compose(response -> response.body().map(content -> new Response(response.statusCode(), content,
                                retryAfter(response.getHeader("Retry-After")))))
                        // The timeout above ends silence only. Timed on the event loop: a thread that waits with a limit
                        // of its own costs a timer that wakes another thread.
                        .timeout(2 * timeout.toMillis(), TimeUnit.MILLISECONDS));
        try {
            var response = answer.toCompletionStage().toCompletableFuture().get();
            if (response.status() >= 500 || response.status() == 429) {
                breaker.failed(clock.instant());
            } else {
                breaker.succeeded();
            }
            return response;
        } catch (ExecutionException e) {
            breaker.failed(clock.instant());
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new NoAnswer(cause instanceof TimeoutException
                    ? "the API server did not answer within " + timeout.multipliedBy(2)
                    : "the API server did not answer: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswer("interrupted while waiting for the API server", e);
        }
    }

    private static Optional<Duration> retryAfter(@org.jspecify.annotations.Nullable String seconds) {
        return Optional.ofNullable(seconds).filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    @Override
    public void close() {
        client.close();
    }
}
