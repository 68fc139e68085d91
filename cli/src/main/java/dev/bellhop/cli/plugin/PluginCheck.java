package dev.bellhop.cli.plugin;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.cli.plugin.PlayedBellhop.Posted;
import dev.bellhop.listener.source.remote.SourceDocument;

/// What Bellhop relies on in a plug-in over HTTP, tried out step by step: the same promises that
/// `dev.bellhop.spi.source.SourceContract` asks of one in a JAR.
final class PluginCheck implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final ObjectName NAME = new ObjectName("bellhop-check", "check");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String token;
    private final PlayedBellhop bellhop;
    private final String eventsUrl;
    private final Duration patience;
    private final Duration quietTime;
    private final String uid = UUID.randomUUID().toString();
    /// Source and id of the events that were not kept.
    private final Set<String> notKept = new HashSet<>();

    /// What was tried, and what is wrong if something is.
    record Finding(String what, Optional<String> problem) {}

    private record Reply(int status, JsonNode said) {
        boolean isGood() {
            return status >= 200 && status < 300;
        }

        @Override
        public String toString() {
            return status + (said.isObject() ? " " + said : "");
        }
    }

    /// One thing that is tried.
    @FunctionalInterface
    private interface Step {
        /// What is wrong, if something is.
        Optional<String> problem() throws IOException, InterruptedException;
    }

    /// `eventsUrl` is where the plug-in reaches `bellhop`.
    PluginCheck(URI url, String token, PlayedBellhop bellhop, String eventsUrl, Duration patience,
            Duration quietTime) {
        this.url = url.toString().replaceAll("/+$", "");
        this.token = token;
        this.bellhop = bellhop;
        this.eventsUrl = eventsUrl;
        this.patience = patience;
        this.quietTime = quietTime;
    }

    /// Tries everything, and tells each finding at once; whether all is well.
    boolean run(JsonNode spec, Optional<JsonNode> brokenSpec, Consumer<Finding> told) throws InterruptedException {
        boolean good = tried("refuses who does not know the token", () -> refusesStrangers(spec), told);
        if (brokenSpec.isPresent()) {
            good &= tried("says what is wrong with a spec", () -> refuses(brokenSpec.get()), told);
        }
        if (!tried("takes an EventSource", () -> takes(spec), told)) {
            return false;
        }
        good &= tried("posts an event, as a CloudEvent and with the token", this::brings, told)
                && tried("posts it again, under the same id, when the answer is 503", this::bringsAgain, told)
                && tried("posts it no more once the answer was 202, also when it is told of the EventSource again",
                        () -> bringsOnce(spec), told);
        boolean ends = tried("posts nothing more after DELETE", this::ends, told);
        return good && ends;
    }

    private static boolean tried(String what, Step step, Consumer<Finding> told) throws InterruptedException {
        Optional<String> problem;
        try {
            problem = step.problem();
        } catch (IOException e) {
            problem = Optional.of("it does not answer: " + e);
        }
        told.accept(new Finding(what, problem));
        return problem.isEmpty();
    }

    private Optional<String> refusesStrangers(JsonNode spec) throws IOException, InterruptedException {
        var id = UUID.randomUUID().toString();
        var reply = send("PUT", id, token + "-not", spec);
        if (reply.isGood()) {
            var _ = send("DELETE", id, token, spec);
        }
        return reply.status == 401 || reply.status == 403
                ? Optional.empty()
                : Optional.of("a PUT with another token was answered " + reply + ", not 401 or 403");
    }

    private Optional<String> refuses(JsonNode broken) throws IOException, InterruptedException {
        var id = UUID.randomUUID().toString();
        var reply = send("PUT", id, token, broken);
        if (reply.isGood()) {
            var _ = send("DELETE", id, token, broken);
        }
        return (reply.status == 400 || reply.status == 422) && !reply.said.path("message").asText("").isBlank()
                ? Optional.empty()
                : Optional.of("a PUT with the broken spec was answered " + reply
                        + ", not 400 or 422 with a JSON object that has a message");
    }

    private Optional<String> takes(JsonNode spec) throws IOException, InterruptedException {
        var reply = send("PUT", uid, token, spec);
        return reply.isGood() ? Optional.empty() : Optional.of("PUT was answered " + reply);
    }

    private Optional<String> brings() throws InterruptedException {
        return bellhop.next(patience).map(posted -> switch (posted) {
            case Posted.Event(var key, var _) -> {
                notKept.add(key);
                yield Optional.<String>empty();
            }
            case Posted.Wrong(var why) -> Optional.of(why);
        }).orElseGet(() -> Optional.of("no event came within " + patience.toSeconds()
                + " s: make one happen meanwhile, or give --spec and --patience"));
    }

    /// Of those that were not kept one has to come again.
    private Optional<String> bringsAgain() throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadline) {
            var next = bellhop.next(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            if (next.isPresent() && next.get() instanceof Posted.Event(var key, var _) && !notKept.add(key)) {
                return Optional.empty();
            }
        }
        return Optional.of("no event came again under the same source and id within " + patience.toSeconds()
                + " s, though each was answered 503 with Retry-After: 1");
    }

    private Optional<String> bringsOnce(JsonNode spec) throws IOException, InterruptedException {
        bellhop.keepEvents();
        var kept = new HashSet<String>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (kept.isEmpty()) {
            var next = bellhop.next(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            if (next.isEmpty()) {
                return Optional.of("no event came within " + patience.toSeconds() + " s after those were answered 503");
            }
            if (next.get() instanceof Posted.Event(var key, var isKept) && isKept) {
                kept.add(key);
            }
        }
        var again = send("PUT", uid, token, spec);
        if (!again.isGood()) {
            return Optional.of("the same PUT again was answered " + again);
        }
        Thread.sleep(quietTime);
        for (var posted : bellhop.drain()) {
            if (posted instanceof Posted.Event(var key, var isKept) && isKept && !kept.add(key)) {
                return Optional.of("event '" + key + "' was posted again after it was answered 202");
            }
        }
        return Optional.empty();
    }

    private Optional<String> ends() throws IOException, InterruptedException {
        var reply = send("DELETE", uid, token, MissingNode.getInstance());
        if (!reply.isGood()) {
            return Optional.of("DELETE was answered " + reply);
        }
        // What was under way may still arrive.
        Thread.sleep(quietTime);
        var _ = bellhop.drain();
        Thread.sleep(quietTime);
        return bellhop.drain().isEmpty()
                ? Optional.empty()
                : Optional.of("it was still posting " + quietTime.toSeconds() + " s after DELETE");
    }

    private Reply send(String method, String id, String shown, JsonNode spec) throws IOException, InterruptedException {
        var body = method.equals("PUT")
                ? BodyPublishers.ofString(new SourceDocument(NAME, id, 1, eventsUrl, EVERY, spec).json().toString())
                : BodyPublishers.noBody();
        var response = client.send(HttpRequest.newBuilder(URI.create(url + "/" + id)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + shown).header("Content-Type", "application/json")
                .method(method, body).build(), HttpResponse.BodyHandlers.ofString());
        return new Reply(response.statusCode(), json(response.body()));
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
