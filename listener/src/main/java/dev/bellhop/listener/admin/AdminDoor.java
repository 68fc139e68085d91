package dev.bellhop.listener.admin;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.record.RecentHappenings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port. What it answers is in [Routes]; every answer is made on a virtual thread.
public final class AdminDoor {
    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);
    private static final String BEARER = "Bearer ";
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Executor virtualThreads;
    private final Tails tails;
    private final Routes routes;

    /// The client's identity reviews tokens and access. `namespaces` are those in which something is served now; what is
    /// `hidden` of payloads nobody is shown.
    public AdminDoor(Vertx vertx, Executor virtualThreads, PrometheusMeterRegistry registry, BooleanSupplier ready,
            KubernetesClient client, Journal journal, RecentHappenings recent, Supplier<Set<String>> namespaces,
            HiddenFields hidden) {
        this.vertx = vertx;
        this.virtualThreads = virtualThreads;
        var access = new Access(client, System::nanoTime);
        tails = new Tails(access);
        routes = new Routes(new Probes(registry, ready), new DeliveryList(access, journal, recent, namespaces),
                new OneDelivery(access, journal, hidden), new BulkReplay(access, journal), tails);
    }

    /// Opens the port; 0 takes a free one.
    public Future<HttpServer> open(int port) {
        return vertx.createHttpServer(new HttpServerOptions().setPort(port).setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::receive).listen();
    }

    /// Shows it to whoever follows. Never blocks.
    public void happened(Happening happening) {
        tails.happened(happening);
    }

    /// What of a request is needed to answer it; read on the event loop.
    private record Asked(String method, String path, String query, Optional<String> token) {}

    private void receive(HttpServerRequest request) {
        var asked = new Asked(request.method().name(), Objects.requireNonNullElse(request.path(), "/"),
                Objects.requireNonNullElse(request.query(), ""),
                Optional.ofNullable(request.getHeader("Authorization"))
                        .filter(header -> header.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                        .map(header -> header.substring(BEARER.length()).strip()));
        var context = vertx.getOrCreateContext();
        virtualThreads.execute(() -> {
            try {
                switch (answer(asked)) {
                    case Reply.Text text -> context.runOnContext(_ -> send(request.response(), text));
                    case Reply.Lines(var tail) -> follow(context, request.response(), tail);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private Reply answer(Asked asked) throws InterruptedException {
        try {
            return switch (routes.find(asked.method, asked.path)) {
                case Routes.Way.Astray(var reply) -> reply;
                case Routes.Way.To(var route, var variables) -> route.job()
                        .answer(new ApiRequest(variables, Query.of(asked.query, route.parameters()), asked.token));
            };
        } catch (UnusableParameter e) {
            return Reply.error(400, Objects.requireNonNullElse(e.getMessage(), "bad request"));
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("method", asked.method).addKeyValue("path", asked.path).setCause(e)
                    .log("Answering a request of the admin port failed");
            return Reply.error(500, "answering failed; the listener's log has the reason");
        }
    }

    private static void send(HttpServerResponse response, Reply.Text text) {
        if (!response.closed()) {
            text.headers().forEach(response::putHeader);
            response.setStatusCode(text.status()).end(text.body());
        }
    }

    private void follow(Context context, HttpServerResponse response, Tail tail) throws InterruptedException {
        try {
            new TailWriter(context, response).write(tail);
        } finally {
            tails.close(tail);
        }
    }
}
