package dev.bellhop.cli.deliveries;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.cli.command.CommandFailure;

/// A listener's admin port, asked with a bearer token.
record AdminApi(String url, String token) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    /// Which deliveries; without a namespace, those of all.
    record Wanted(Optional<String> namespace, Optional<String> trigger, int limit) {}

    /// The answer to `GET /api/v1/deliveries`: an object with `items`.
    JsonNode deliveries(Wanted wanted) {
        var path = url.replaceFirst("/$", "") + "/api/v1/deliveries?limit=" + wanted.limit()
                + wanted.namespace().map(name -> "&namespace=" + encoded(name)).orElse("")
                + wanted.trigger().map(name -> "&trigger=" + encoded(name)).orElse("");
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(path)).timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token).header("Accept", "application/json").build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            var json = JSON.readTree(response.body());
            if (response.statusCode() != 200) {
                throw new CommandFailure("GET " + path + " was answered " + response.statusCode() + ": "
                        + json.path("errorMessage").asText(response.body()));
            }
            return json;
        } catch (IllegalArgumentException e) {
            throw new CommandFailure("'" + url + "' is no URL such as http://localhost:9090: " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new CommandFailure("GET " + path + " was not answered with JSON; is that the admin port?", e);
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw new CommandFailure("GET " + path + " got no answer: " + why, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "AdminApi[" + url + "]";
    }
}
