package dev.bellhop.cli.plugin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.bellhop.engine.secret.Token;
import dev.bellhop.listener.broker.CloudEvent;
import dev.bellhop.listener.broker.CloudEvent.Binding;

/// The side of Bellhop to which a plug-in posts: keeps events or says "not now", as it is told, and notes what came.
final class PlayedBellhop implements AutoCloseable {
    private static final String SCHEME = "Bearer ";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Token token;
    private final LinkedBlockingQueue<Posted> posted = new LinkedBlockingQueue<>();
    private volatile boolean keeps;

    /// Something that a plug-in posted.
    sealed interface Posted {
        /// An event, by its source and id, and whether it was answered 202.
        record Event(String key, boolean kept) implements Posted {}

        /// No event: `why` says what is wrong.
        record Wrong(String why) implements Posted {}
    }

    private PlayedBellhop(HttpServer server, Token token) {
        this.server = server;
        this.token = token;
    }

    /// Listens on a free port.
    static PlayedBellhop listen(String token) throws IOException {
        var played = new PlayedBellhop(HttpServer.create(new InetSocketAddress(0), 0), Token.of(token));
        played.server.setExecutor(played.threads);
        played.server.createContext("/", played::receive);
        played.server.start();
        return played;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /// From now on events are kept; before, every one was answered "not now".
    void keepEvents() {
        keeps = true;
    }

    /// What was posted next, within `patience`.
    Optional<Posted> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(posted.poll(patience.toNanos(), TimeUnit.NANOSECONDS));
    }

    /// Everything that was posted meanwhile.
    List<Posted> drain() {
        var all = new ArrayList<Posted>();
        posted.drainTo(all);
        return all;
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            var headers = new LinkedHashMap<String, String>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, String.join(", ", values)));
            var shown = headers.getOrDefault("Authorization", "");
            if (!shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                answer(exchange, 401, new Posted.Wrong("a request to eventsUrl came without Authorization: Bearer"));
                return;
            }
            if (!token.matches(shown.substring(SCHEME.length()).strip())) {
                answer(exchange, 403, new Posted.Wrong("a request to eventsUrl came with another token"));
                return;
            }
            if (!exchange.getRequestMethod().equals("POST")) {
                answer(exchange, 405, new Posted.Wrong(
                        "a " + exchange.getRequestMethod() + " came to eventsUrl: events are posted"));
                return;
            }
            var event = CloudEvent.of(Binding.HTTP, headers, body);
            if (event.isEmpty()) {
                answer(exchange, 400, new Posted.Wrong("what was posted is no CloudEvent: it needs specversion, id,"
                        + " source and type, in headers ce-… or as application/cloudevents+json"));
                return;
            }
            boolean kept = keeps;
            answer(exchange, kept ? 202 : 503,
                    new Posted.Event(event.get().text("source") + " " + event.get().text("id"), kept));
        }
    }

    private void answer(HttpExchange exchange, int status, Posted what) throws IOException {
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "1");
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var body = (status == 202 ? "{\"eventID\":\"played\"}" : "{\"errorMessage\":\"played\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        // Noted once it is answered: who was not answered may well post again.
        posted.add(what);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
