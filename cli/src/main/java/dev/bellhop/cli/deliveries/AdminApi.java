package dev.bellhop.cli.deliveries;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.cli.command.CommandFailure;

/// A listener's admin port, asked with a bearer token. What it refuses is a [CommandFailure].
record AdminApi(String url, String token) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PATIENCE_WITH_MANY = Duration.ofMinutes(5);
    private static final JsonMapper JSON = new JsonMapper();

    /// Reads a document below `/api/v1`.
    JsonNode get(String path) {
        return ask("GET", path, PATIENCE);
    }

    /// Asks for something to be done.
    JsonNode post(String path) {
        return ask("POST", path, PATIENCE_WITH_MANY);
    }

    /// Hands over each line as it comes, until the listener ends.
    void follow(String path, Consumer<JsonNode> each) {
        asking("GET", path, client -> {
            // Without a time limit: it covers the body, too.
            var response = client.send(request("GET", path).build(), BodyHandlers.ofLines());
            try (var lines = response.body()) {
                if (response.statusCode() != 200) {
                    throw refused("GET", path, response, lines.collect(Collectors.joining("\n")));
                }
                for (var line : (Iterable<String>) lines::iterator) {
                    each.accept(JSON.readTree(line));
                }
            }
            return JSON.nullNode();
        });
    }

    private JsonNode ask(String method, String path, Duration patience) {
        return asking(method, path, client -> {
            var response = client.send(request(method, path).timeout(patience).build(), BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw refused(method, path, response, response.body());
            }
            return JSON.readTree(response.body());
        });
    }

    private HttpRequest.Builder request(String method, String path) {
        return HttpRequest.newBuilder(URI.create(address(path)))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Authorization", "Bearer " + token).header("Accept", "application/json");
    }

    private String address(String path) {
        return url.replaceFirst("/$", "") + "/api/v1/" + path;
    }

    private CommandFailure refused(String method, String path, HttpResponse<?> response, String body)
            throws JsonProcessingException {
        return new CommandFailure(method + " " + address(path) + " was answered " + response.statusCode() + ": "
                + JSON.readTree(body).path("errorMessage").asText(body));
    }

    private interface Exchange {
        JsonNode with(HttpClient client) throws IOException, InterruptedException;
    }

    private JsonNode asking(String method, String path, Exchange exchange) {
        var what = method + " " + address(path);
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE)
                .build()) {
            return exchange.with(client);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("'" + url + "' is no URL such as http://localhost:9000: " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(what + " was not answered with JSON; is that the admin port?", e);
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CommandFailure(what + " got no answer: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    /// `name=value` for each that is not empty, behind a question mark.
    static String query(Stream<String> parameters) {
        var all = parameters.filter(parameter -> !parameter.isEmpty()).collect(Collectors.joining("&"));
        return all.isEmpty() ? "" : "?" + all;
    }

    /// One parameter; nothing when its value is empty.
    static String parameter(String name, String value) {
        return value.isEmpty() ? "" : name + "=" + encoded(value);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "AdminApi[" + url + "]";
    }
}
