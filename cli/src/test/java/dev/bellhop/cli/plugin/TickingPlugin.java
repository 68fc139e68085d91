package dev.bellhop.cli.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// A plug-in over HTTP that posts an event every 20 ms, with a flaw if a test wants it so.
final class TickingPlugin implements AutoCloseable {
    static final String TOKEN = "s3cret";
    private static final JsonMapper JSON = new JsonMapper();
    private static final long BETWEEN_MILLIS = 20;

    private final Flaw flaw;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Thread> sources = new ConcurrentHashMap<>();

    /// What is wrong with it.
    enum Flaw {
        NONE,
        TAKES_ANY_TOKEN,
        TAKES_ANY_SPEC,
        REFUSES_ALL,
        SHOWS_NO_TOKEN,
        POSTS_NO_CLOUD_EVENTS,
        IS_SILENT,
        GIVES_UP,
        TAKES_ANOTHER_ID,
        REPEATS,
        IGNORES_DELETE
    }

    TickingPlugin(Flaw flaw) throws IOException {
        this.flaw = flaw;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort() + "/";
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = exchange.getRequestBody().readAllBytes();
            boolean known = ("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (!known && flaw != Flaw.TAKES_ANY_TOKEN) {
                answer(exchange, 403, "{}");
                return;
            }
            var uid = exchange.getRequestURI().getPath().substring(1);
            switch (exchange.getRequestMethod()) {
                case "PUT" -> put(exchange, JSON.readTree(body));
                case "DELETE" -> {
                    if (flaw != Flaw.IGNORES_DELETE) {
                        stop(uid);
                    }
                    answer(exchange, 200, "");
                }
                default -> answer(exchange, 405, "");
            }
        }
    }

    private void put(HttpExchange exchange, JsonNode source) throws IOException {
        boolean sound = source.at("/spec/ticks").asBoolean() || flaw == Flaw.TAKES_ANY_SPEC;
        if (!sound || flaw == Flaw.REFUSES_ALL) {
            answer(exchange, 422, "{\"message\": \"ticks must be true\"}");
            return;
        }
        sources.computeIfAbsent(source.path("uid").asText(), _ -> Thread.startVirtualThread(() -> tick(source)));
        answer(exchange, 200, "{\"connected\": true}");
    }

    private void tick(JsonNode source) {
        try {
            for (int i = 0; flaw != Flaw.IS_SILENT; i++) {
                bring(source, i);
                if (flaw == Flaw.REPEATS) {
                    bring(source, i);
                }
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void bring(JsonNode source, int number) throws IOException, InterruptedException {
        for (int attempt = 0; post(source, flaw == Flaw.TAKES_ANOTHER_ID ? number + "-" + attempt : "" + number) != 202
                && flaw != Flaw.GIVES_UP; attempt++) {
            Thread.sleep(BETWEEN_MILLIS);
        }
    }

    private int post(JsonNode source, String id) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(source.path("eventsUrl").asText()))
                .header("Authorization", flaw == Flaw.SHOWS_NO_TOKEN ? "Basic YTpi" : "Bearer " + TOKEN)
                .POST(HttpRequest.BodyPublishers.ofString("{\"n\": 1}"));
        if (flaw != Flaw.POSTS_NO_CLOUD_EVENTS) {
            request.header("ce-specversion", "1.0").header("ce-source", "/ticks").header("ce-type", "tick")
                    .header("ce-id", id);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private void stop(String uid) {
        var thread = sources.remove(uid);
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        sources.values().forEach(Thread::interrupt);
        client.shutdownNow();
        server.stop(0);
    }
}
