package dev.bellhop.listener.source.kube;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// Reads from one API server, as one user. Every watch has a connection of its own, so that one that nobody reads for a while
/// holds up no other. Calls block and are meant for virtual threads; any number of them may run at once.
public final class KubeApi {
    static final ObjectReader JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build().reader();
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int LONGEST_MESSAGE = 300;
    private static final int LONGEST_ANSWER = 4 << 20;

    private final HttpClient client;
    private final URI server;
    private final Supplier<Optional<String>> authorization;
    private final Optional<String> impersonate;

    /// @param server        without a trailing slash
    /// @param authorization the value of the header of that name
    /// @param impersonate   the user to be instead of the one that is authorized
    KubeApi(HttpClient client, URI server, Supplier<Optional<String>> authorization, Optional<String> impersonate) {
        this.client = client;
        this.server = server;
        this.authorization = authorization;
        this.impersonate = impersonate;
    }

    /// Who asks, for messages.
    String user() {
        return impersonate.orElse("the user of its credentials");
    }

    /// The JSON at a path with its query, of 4 MiB at most.
    ///
    /// @throws Refusal when the answer is not 200
    JsonNode get(String path, String accept) throws IOException, InterruptedException {
        try (var stream = open(path, accept, ANSWER)) {
            return JSON.readTree(stream.readNBytes(LONGEST_ANSWER));
        }
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return get(path, "application/json");
    }

    /// What is at a path with its query, as it arrives, for `within` at most: then it ends.
    ///
    /// @throws Refusal when the answer is not 200
    InputStream open(String path, String accept, Duration within) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Accept", accept).header("User-Agent", "bellhop-listener");
        authorization.get().ifPresent(value -> request.header("Authorization", value));
        impersonate.ifPresent(user -> request.header("Impersonate-User", user));
        var answer = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try {
            var response = answer.get(ANSWER.toSeconds(), TimeUnit.SECONDS);
            if (response.statusCode() != 200) {
                throw refusal(response);
            }
            return new Ending(response.body(), within);
        } catch (ExecutionException e) {
            var cause = e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            throw new IOException("no answer from " + server + ": " + message(cause), cause);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no answer from " + server + " within " + ANSWER.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static String message(Throwable cause) {
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    private static Refusal refusal(HttpResponse<InputStream> response) throws IOException {
        try (var body = response.body()) {
            var bytes = body.readNBytes(16 * 1024);
            var retryAfter = response.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,5}"))
                    .map(text -> Duration.ofSeconds(Long.parseLong(text)));
            return new Refusal(response.statusCode(), message(bytes, response.statusCode()), retryAfter);
        }
    }

    /// What the server says in a `Status`. Anything else may come from a server that is none of Kubernetes', and is nobody's
    /// business.
    private static String message(byte[] bytes, int status) {
        try {
            var json = JSON.readTree(bytes);
            var text = json.path("kind").asText().equals("Status") ? json.path("message").asText() : "";
            return text.isEmpty() ? "answered " + status : text.substring(0, Math.min(text.length(), LONGEST_MESSAGE));
        } catch (JsonProcessingException e) {
            return "answered " + status;
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    /// A stream that somebody else closes when it has been open for too long: a connection whose other end is gone would be read
    /// from for ever.
    private static final class Ending extends FilterInputStream {
        private final CompletableFuture<Void> alarm;
        private final CompletableFuture<Void> closing;

        Ending(InputStream in, Duration within) {
            super(in);
            alarm = new CompletableFuture<Void>().orTimeout(within.toMillis(), TimeUnit.MILLISECONDS);
            closing = alarm.exceptionallyAsync(_ -> {
                end();
                return null;
            });
        }

        private void end() {
            try {
                in.close();
            } catch (IOException e) {
                // Whoever reads it learns of it.
                return;
            }
        }

        @Override
        public void close() throws IOException {
            // Only so is the alarm itself forgotten, and not just what it would do.
            alarm.complete(null);
            closing.complete(null);
            super.close();
        }
    }
}
