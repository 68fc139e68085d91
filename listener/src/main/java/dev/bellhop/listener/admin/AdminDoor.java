package dev.bellhop.listener.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.record.RecentHappenings;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The admin port: `GET /live`, `/ready`, `/metrics` and `/api/v1/deliveries?namespace=&trigger=&limit=`.
public final class AdminDoor {
    private static final Logger LOG = LoggerFactory.getLogger(AdminDoor.class);
    private static final String BEARER = "Bearer ";
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Vertx vertx;
    private final Executor virtualThreads;
    private final PrometheusMeterRegistry registry;
    private final BooleanSupplier ready;
    private final Access access;
    private final DeliveryLines deliveries;

    /// The client's identity reviews tokens and access.
    public AdminDoor(Vertx vertx, Executor virtualThreads, PrometheusMeterRegistry registry, BooleanSupplier ready,
            KubernetesClient client, Journal journal, RecentHappenings recent) {
        this.vertx = vertx;
        this.virtualThreads = virtualThreads;
        this.registry = registry;
        this.ready = ready;
        this.access = new Access(client);
        this.deliveries = new DeliveryLines(journal, recent);
    }

    /// Opens the port; 0 takes a free one.
    public Future<HttpServer> open(int port) {
        return vertx.createHttpServer(new HttpServerOptions().setPort(port).setIdleTimeout(60))
                .requestHandler(this::receive).listen();
    }

    private void receive(HttpServerRequest request) {
        if (!request.method().equals(HttpMethod.GET)) {
            answer(request, Reply.error(405, "this port is read with GET"));
            return;
        }
        switch (Objects.requireNonNullElse(request.path(), "/")) {
            case "/live" -> request.response().end("ok");
            case "/ready" -> request.response().setStatusCode(ready.getAsBoolean() ? 200 : 503)
                    .end(ready.getAsBoolean() ? "ok" : "not ready");
            case "/metrics" -> request.response().putHeader("Content-Type", PROMETHEUS_TEXT).end(registry.scrape());
            case "/api/v1/deliveries" -> {
                var context = vertx.getOrCreateContext();
                virtualThreads.execute(() -> {
                    var reply = listDeliveries(request);
                    context.runOnContext(_ -> answer(request, reply));
                });
            }
            default -> answer(request, Reply.error(404, "nothing here: try /metrics or /api/v1/deliveries"));
        }
    }

    /// What to answer, as JSON.
    private record Reply(int status, String body) {
        static Reply error(int status, String message) {
            return new Reply(status, JsonNodeFactory.instance.objectNode().put("errorMessage", message) + "\n");
        }
    }

    private Reply listDeliveries(HttpServerRequest request) {
        try {
            var query = query(Objects.requireNonNullElse(request.query(), ""));
            var namespace = Optional.ofNullable(query.get("namespace")).filter(text -> !text.isEmpty());
            var trigger = Optional.ofNullable(query.get("trigger")).filter(text -> !text.isEmpty());
            int limit = limit(query.getOrDefault("limit", ""));
            var token = Optional.ofNullable(request.getHeader("Authorization"))
                    .filter(header -> header.startsWith(BEARER))
                    .map(header -> header.substring(BEARER.length()).strip());
            return switch (access.toTriggers(token, namespace.orElse(""))) {
                case Access.Granted.Unknown(var why) -> Reply.error(401, why);
                case Access.Granted.No(var why) -> Reply.error(403, why);
                case Access.Granted.Yes _ -> new Reply(200, deliveries.list(namespace, trigger, limit) + "\n");
            };
        } catch (IllegalArgumentException e) {
            return Reply.error(400, Objects.requireNonNullElse(e.getMessage(), "bad request"));
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("Listing deliveries failed");
            return Reply.error(500, "listing deliveries failed; the listener's log has the reason");
        }
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MAX_LIMIT) {
            throw new IllegalArgumentException("limit='" + text + "' must be from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static Map<String, String> query(String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return parameters;
    }

    private static void answer(HttpServerRequest request, Reply reply) {
        var response = request.response();
        if (!response.closed()) {
            response.setStatusCode(reply.status).putHeader("Content-Type", "application/json").end(reply.body);
        }
    }
}
