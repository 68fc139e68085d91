package dev.bellhop.apiserver;

import dev.bellhop.apiserver.auth.Authenticator;
import dev.bellhop.apiserver.auth.Authorizer;
import dev.bellhop.apiserver.auth.Tokens;
import dev.bellhop.apiserver.http.Desk;
import dev.bellhop.apiserver.http.Discovery;
import dev.bellhop.apiserver.http.Front;
import dev.bellhop.apiserver.http.ObjectDesk;
import dev.bellhop.apiserver.http.OpenApi;
import dev.bellhop.apiserver.http.ReviewDesk;
import dev.bellhop.apiserver.http.WatchDesk;
import dev.bellhop.apiserver.kind.BuiltInKinds;
import dev.bellhop.apiserver.kind.BuiltInSchemas;
import dev.bellhop.apiserver.kind.Catalog;
import dev.bellhop.apiserver.lifecycle.Lifecycle;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.watch.Watches;
import dev.bellhop.apiserver.write.Deleter;
import dev.bellhop.apiserver.write.Uids;
import dev.bellhop.apiserver.write.Writer;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A Kubernetes API in memory, on loopback, with bearer tokens over TLS: kubectl sends no credentials over plain HTTP. What it is and what it is not stands in
/// the opening of this package. Everything it holds is gone when it is closed.
public final class EmbeddedApiServer implements ApiServer {

    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx;
    private final URI url;
    private final String kubeconfig;

    private EmbeddedApiServer(Vertx vertx, URI url, String kubeconfig) {
        this.vertx = vertx;
        this.url = url;
        this.kubeconfig = kubeconfig;
    }

    /// Starts one on a port of 127.0.0.1; 0 takes a free one.
    ///
    /// @throws IllegalStateException when the port cannot be had
    public static EmbeddedApiServer start(int port) {
        return start(port, Uids.random());
    }

    /// As [#start], but an object that is created in every run has the same UID in every run: for objects that come from files,
    /// beside a journal that outlives the server.
    public static EmbeddedApiServer startWithStableUids(int port) {
        return start(port, Uids.stable());
    }

    private static EmbeddedApiServer start(int port, Uids uids) {
        String token = Kubeconfig.newToken();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
        LoopbackCertificate certificate = LoopbackCertificate.create();
        var server = new Server(port, token, certificate, uids);
        try {
            vertx.deployVerticle(server).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS,
                    TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            vertx.close();
            throw new IllegalStateException("The embedded API server cannot listen on 127.0.0.1:" + port, e);
        } catch (InterruptedException e) {
            vertx.close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the embedded API server was starting", e);
        }
        URI url = URI.create("https://127.0.0.1:" + server.actualPort);
        return new EmbeddedApiServer(vertx, url,
                new Kubeconfig("bellhop", url, "admin", token, Optional.of(certificate.certificate())).yaml());
    }

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The embedded API server did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Wires the parts and runs them all on its one event loop.
    private static final class Server extends AbstractVerticle {

        private final int port;
        private final String token;
        private final LoopbackCertificate certificate;
        private final Uids uids;
        private volatile int actualPort;

        private Server(int port, String token, LoopbackCertificate certificate, Uids uids) {
            this.port = port;
            this.token = token;
            this.certificate = certificate;
            this.uids = uids;
        }

        @Override
        public void start(Promise<Void> started) {
            var store = new Store();
            var catalog = new Catalog(BuiltInKinds.all(BuiltInSchemas.load()));
            var watches = new Watches(store);
            var writer = new Writer(store, uids);
            var deleter = new Deleter(store);
            var lifecycle = new Lifecycle(store, catalog, watches, deleter,
                    task -> context.runOnContext(_ -> task.run()));
            lifecycle.start();
            new FirstObjects(catalog, writer).create();
            var tokens = new Tokens(store, Clock.systemUTC(), token);
            var authorizer = new Authorizer(store);
            var objects = new ObjectDesk(catalog, authorizer, store, writer, deleter,
                    new ReviewDesk(store, tokens, authorizer));
            var front = new Front(new Authenticator(tokens, authorizer),
                    new Desk(authorizer, new Discovery(catalog), new OpenApi(catalog), objects),
                    new WatchDesk(vertx, catalog, authorizer, watches));
            vertx.setPeriodic(TimeUnit.SECONDS.toMillis(30), _ -> watches.bookmarkAll());
            vertx.setPeriodic(TimeUnit.MINUTES.toMillis(1), _ -> lifecycle.forgetOldEvents());
            HttpServer http = vertx.createHttpServer(options()).requestHandler(front::receive);
            http.listen(port, "127.0.0.1").onSuccess(listening -> {
                actualPort = listening.actualPort();
                started.complete();
            }).onFailure(started::fail);
        }

        /// No HTTP/2: watches by WebSocket and many small requests are as fast without it on loopback.
        private HttpServerOptions options() {
            return new HttpServerOptions().setSsl(true).setUseAlpn(false)
                    .setKeyCertOptions(new PemKeyCertOptions().addKeyValue(Buffer.buffer(certificate.privateKey()))
                            .addCertValue(Buffer.buffer(certificate.certificate())))
                    .setMaxInitialLineLength(64 * 1024)
                    .setMaxHeaderSize(64 * 1024).setCompressionSupported(false).setTcpNoDelay(true);
        }
    }
}
