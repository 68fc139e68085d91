package dev.bellhop.scenarios;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// Whoever is outside and is sent something: a web server, and the Pods behind Services, whose names lead here (`hosts`). What comes
/// belongs to the scenario that the host `SERVICE.SCENARIO.svc` names, or else the first part of the path.
final class Outside implements AutoCloseable {
    /// What the JDK looks names up in here (`jdk.net.hosts.file`).
    private static final Path HOSTS = Path.of("hosts");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SERVICE = Pattern.compile("[^.]+\\.([^.]+)\\.svc(\\.cluster\\.local)?(:.*)?");

    private final HttpServer server;
    private final Map<String, Visits> visits = new ConcurrentHashMap<>();

    Outside() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/";
    }

    /// Beginnings of all URLs that lead here.
    List<String> urls() throws IOException {
        try (var lines = Files.lines(HOSTS)) {
            return Stream.concat(Stream.of(url()), lines.map(line -> line.split(" ")[1])
                    .map(host -> "http://" + host + ":" + port() + "/")).toList();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var plan = of(scenario(exchange)).come(request(exchange));
            waitAsPlanned(exchange, plan);
            plan.path("headers").properties().forEach(
                    header -> exchange.getResponseHeaders().add(header.getKey(), header.getValue().asText()));
            var body = (!plan.has("body")
                    ? "ok"
                    : plan.get("body").isTextual()
                            ? plan.get("body").textValue()
                            : plan.get("body").toString())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(plan.path("status").asInt(200), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void waitAsPlanned(HttpExchange exchange, JsonNode plan) {
        try {
            Thread.sleep(plan.path("delayMillis").asLong());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Before the answer: whoever gets it may send the next at once.
            of(scenario(exchange)).go();
        }
    }

    private static String scenario(HttpExchange exchange) {
        var service = SERVICE.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("Host")));
        return service.matches() ? service.group(1) : exchange.getRequestURI().getPath().split("/")[1];
    }

    private static ObjectNode request(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var request = JsonNodeFactory.instance.objectNode().put("method", exchange.getRequestMethod())
                .put("host", exchange.getRequestHeaders().getFirst("Host"))
                .put("path", exchange.getRequestURI().toString());
        var headers = request.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        return request.set("body", json(body));
    }

    private static JsonNode json(String body) {
        try {
            var json = JSON.readTree(body);
            return json.isMissingNode() ? JsonNodeFactory.instance.textNode(body) : json;
        } catch (IOException e) {
            return JsonNodeFactory.instance.textNode(body);
        }
    }

    private Visits of(String scenario) {
        return visits.computeIfAbsent(scenario, _ -> new Visits());
    }

    /// The next requests of a scenario are answered so, one after the other; those without a plan are answered 200.
    void plan(String scenario, List<JsonNode> answers) {
        of(scenario).plan(answers);
    }

    /// All requests of a scenario so far.
    List<JsonNode> received(String scenario) {
        return of(scenario).received();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
