package dev.bellhop.listener.action;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.journal.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

/// Posts the record of a delivery that is given up to where its Trigger wants it, as a CloudEvent 1.0 in structured JSON. The
/// post comes from inside the cluster, with reach that the Trigger's owner may not have: only URLs that the admin allows are
/// posted to, and redirects are not followed.
public final class DeadLetterPost implements AutoCloseable {
    private static final int TRIES = 3;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HttpClientAgent client;
    private final List<String> allowed;

    /// `allowed` are beginnings of URLs.
    public DeadLetterPost(Vertx vertx, List<String> allowed) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) TIMEOUT.toMillis())
                .setMaxRedirects(0));
        this.allowed = List.copyOf(allowed);
    }

    /// Posts and says, in words to follow the reason of the failure, what came of it. Blocks for some seconds at most.
    public String post(URI url, Delivery delivery, Outcome.Dead dead, Instant now) throws InterruptedException {
        if (allowed.stream().noneMatch(url.toString()::startsWith)) {
            return "its dead letter was not posted: the admin does not allow " + url
                    + " (--dead-letter-url of the listener)";
        }
        var letter = Json.write(letter(delivery, dead, now));
        var problem = Optional.<String>empty();
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            problem = tryPost(url, letter);
            if (problem.isEmpty()) {
                return "its dead letter was posted to " + url;
            }
            if (attempt < TRIES) {
                Thread.sleep(PAUSE.multipliedBy(attempt));
            }
        }
        return "its dead letter could not be posted to " + url + ": " + problem.orElseThrow();
    }

    private Optional<String> tryPost(URI url, Buffer letter) throws InterruptedException {
        var options = new RequestOptions().setMethod(HttpMethod.POST).setAbsoluteURI(url.toString())
                .setTimeout(TIMEOUT.toMillis()).setFollowRedirects(false)
                .putHeader("Content-Type", "application/cloudevents+json")
                .putHeader("User-Agent", "bellhop-listener");
        var answer = client.request(options).compose(request -> request.send(letter))
                .map(HttpClientResponse::statusCode);
        try {
            int status = answer.toCompletionStage().toCompletableFuture().get(2 * TIMEOUT.toMillis(),
                    TimeUnit.MILLISECONDS);
            return status >= 200 && status < 300 ? Optional.empty() : Optional.of("answered " + status);
        } catch (ExecutionException e) {
            var cause = Objects.requireNonNullElse(e.getCause(), e);
            return Optional.of(Objects.requireNonNullElse(cause.getMessage(), cause.toString()));
        } catch (TimeoutException e) {
            return Optional.of("no answer within " + TIMEOUT.multipliedBy(2));
        }
    }

    static ObjectNode letter(Delivery delivery, Outcome.Dead dead, Instant now) {
        var letter = JsonNodeFactory.instance.objectNode()
                .put("specversion", "1.0")
                .put("id", delivery.id().value())
                .put("source", "/apis/bellhop.dev/v1alpha1/namespaces/" + delivery.trigger().namespace() + "/triggers/"
                        + delivery.trigger().name())
                .put("type", "dev.bellhop.delivery.dead")
                .put("subject", delivery.event().id().value())
                .put("time", now.toString())
                .put("datacontenttype", "application/json");
        var data = letter.putObject("data")
                .put("namespace", delivery.trigger().namespace())
                .put("trigger", delivery.trigger().name())
                .put(delivery.door().field(), delivery.door().name().toString())
                .put("eventID", delivery.event().id().value())
                .put("attempts", delivery.attempt())
                .put("step", dead.step())
                .put("why", dead.why());
        var objects = data.putArray("objects");
        for (ObjectRef object : dead.created()) {
            var told = objects.addObject().put("apiVersion", object.apiVersion()).put("kind", object.kind())
                    .put("namespace", object.namespace()).put("name", object.name()).put("uid", object.uid());
            if (object.verb() != null) {
                told.put("verb", object.verb());
            }
        }
        var event = data.putObject("event")
                .put("receivedAt", delivery.event().receivedAt().toString())
                .put("method", delivery.event().method())
                .put("url", delivery.event().requestUrl());
        var headers = event.putObject("header");
        delivery.event().headers().asMap()
                .forEach((name, values) -> values.forEach(headers.withArrayProperty(name)::add));
        var body = delivery.event().body();
        event.set("body", body.json());
        if (!body.isJson()) {
            body.text().ifPresentOrElse(text -> event.put("raw", text),
                    () -> event.put("rawBase64", Base64.getEncoder().encodeToString(body.bytes())));
        }
        return letter;
    }

    @Override
    public void close() {
        client.close();
    }
}
