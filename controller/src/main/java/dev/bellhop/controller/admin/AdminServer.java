package dev.bellhop.controller.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/// Answers `GET /live`, `/ready` and `/metrics`. It has no secrets to tell and asks nobody who they are.
public final class AdminServer implements AutoCloseable {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final BooleanSupplier ready;
    private final PrometheusMeterRegistry metrics;

    private record Answer(int status, String contentType, String body) {}

    /// Opens the port; 0 lets the system choose. Nothing is answered before [#start].
    public AdminServer(int port, BooleanSupplier ready, PrometheusMeterRegistry metrics) throws IOException {
        this.ready = ready;
        this.metrics = metrics;
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(executor);
        server.createContext("/", this::handle);
    }

    /// Starts to answer.
    public void start() {
        server.start();
    }

    /// The port it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            var body = answer.body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", answer.contentType);
            boolean head = "HEAD".equals(exchange.getRequestMethod());
            exchange.sendResponseHeaders(answer.status, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer answer(String method, String path) {
        if (!"GET".equals(method) && !"HEAD".equals(method)) {
            return new Answer(405, TEXT, "Only GET is answered here\n");
        }
        return switch (path) {
            case "/live" -> new Answer(200, TEXT, "ok\n");
            case "/ready" -> ready.getAsBoolean()
                    ? new Answer(200, TEXT, "ok\n")
                    : new Answer(503, TEXT, "The cluster's objects have not been read yet\n");
            case "/metrics" -> new Answer(200, PROMETHEUS_TEXT, metrics.scrape());
            default -> new Answer(404, TEXT, "There is /live, /ready and /metrics\n");
        };
    }
}
