package dev.bellhop.listener.outlet;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// Sends requests to the world outside. Redirects are not followed; of an answer the first [#MOST_BYTES] are read. Calls block
/// and are meant for virtual threads.
public final class Outlet implements AutoCloseable {
    /// What is read of an answer.
    public static final int MOST_BYTES = 64 * 1024;
    private static final Duration LONGEST_WAIT = Duration.ofHours(24);

    private final HttpClientAgent client;
    private final AllowedUrls allowed;
    private final Addresses addresses;
    private final Clock clock;

    /// Finds the addresses of a host.
    @FunctionalInterface
    public interface Resolver {
        List<InetAddress> resolve(String host) throws UnknownHostException;
    }

    /// May not be sent.
    public static final class NotAllowed extends Exception {
        private static final long serialVersionUID = 1;

        NotAllowed(String message) {
            super(message);
        }
    }

    /// Sends where `allowed` lets it.
    public Outlet(Vertx vertx, AllowedUrls allowed, Clock clock) {
        this(vertx, allowed, host -> List.of(InetAddress.getAllByName(host)), clock);
    }

    /// The same with addresses from `resolver`.
    Outlet(Vertx vertx, AllowedUrls allowed, Resolver resolver, Clock clock) {
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setMaxRedirects(0).setKeepAliveTimeout(30).setIdleTimeout(60));
        this.allowed = allowed;
        this.addresses = new Addresses(resolver);
        this.clock = clock;
    }

    /// Sends `request` and waits for the answer.
    ///
    /// @throws NotAllowed  when it may not be sent
    /// @throws IOException when nobody answers in time; the request may or may not have had its effect
    public Reply send(Outgoing request) throws NotAllowed, IOException, InterruptedException {
        var objection = allowed.objection(request);
        if (objection.isPresent()) {
            throw new NotAllowed(objection.get());
        }
        var address = addresses.of(request.url(), allowed.isNamed(request.url()),
                request.toString());
        var answer = client.request(options(request, address))
                .compose(sending -> (request.body().isEmpty()
                        ? sending.send()
                        : sending.send(Buffer.buffer(request.body())))
                        .compose(this::reply));
        try {
            return answer.toCompletionStage().toCompletableFuture().get(request.timeout().toMillis(),
                    TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IOException(request + " was not answered: " + cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException(request + " was not answered within " + request.timeout().toSeconds() + " s", e);
        }
    }

    private static RequestOptions options(Outgoing request, InetAddress address) {
        var url = request.url();
        boolean tls = "https".equalsIgnoreCase(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? 443 : 80;
        var path = Objects.requireNonNullElse(url.getRawPath(), "");
        var options = new RequestOptions().setMethod(HttpMethod.valueOf(request.method()))
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost()).setPort(port).setSsl(tls)
                .setURI((path.isEmpty() ? "/" : path) + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()))
                .setConnectTimeout(request.timeout().toMillis()).setIdleTimeout(request.timeout().toMillis())
                .setFollowRedirects(false)
                .putHeader("User-Agent", "bellhop-listener");
        for (var header : request.headers()) {
            options.putHeader(header.getKey(), header.getValue());
        }
        if (tls) {
            request.certificates().ifPresent(certificates -> options.setSslOptions(ssl(certificates)));
        }
        return options;
    }

    private static ClientSSLOptions ssl(Outgoing.Certificates certificates) {
        var options = new ClientSSLOptions().setHostnameVerificationAlgorithm("HTTPS");
        certificates.trusted()
                .ifPresent(ca -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca))));
        certificates.own().ifPresent(pair -> options.setKeyCertOptions(new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(pair.certificate())).addKeyValue(Buffer.buffer(pair.key()))));
        return options;
    }

    private Future<Reply> reply(HttpClientResponse response) {
        var whole = Promise.<Reply>promise();
        var body = Buffer.buffer();
        response.exceptionHandler(whole::tryFail);
        response.handler(part -> {
            int room = MOST_BYTES - body.length();
            body.appendBuffer(part.length() <= room ? part : part.slice(0, room));
            if (part.length() > room) {
                whole.tryComplete(reply(response, body));
                // The rest is not wanted; the connection goes with it.
                response.request().reset();
            }
        });
        response.endHandler(_ -> whole.tryComplete(reply(response, body)));
        return whole.future();
    }

    private Reply reply(HttpClientResponse response, Buffer body) {
        return new Reply(response.statusCode(), body.toString(), retryAfter(response.getHeader("Retry-After")));
    }

    /// Seconds, or a date.
    private Optional<Duration> retryAfter(@Nullable String written) {
        if (written == null) {
            return Optional.empty();
        }
        if (written.matches("\\d{1,6}")) {
            return Optional.of(shorter(Duration.ofSeconds(Long.parseLong(written))));
        }
        try {
            Instant at = ZonedDateTime.parse(written, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            return Stream.of(Duration.between(clock.instant(), at)).filter(Duration::isPositive).findFirst()
                    .map(Outlet::shorter);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Duration shorter(Duration wanted) {
        return wanted.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wanted;
    }

    @Override
    public void close() {
        client.close();
    }
}
