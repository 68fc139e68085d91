package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.bellhop.engine.policy.GoDuration;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Failed;
import org.jspecify.annotations.Nullable;

/// What all kinds of action have in common that send requests.
final class Posting {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";
    private static final JsonMapper JSON = new JsonMapper();

    private Posting() {}

    /// Sends a request.
    @FunctionalInterface
    interface Sender {
        Reply send(Outgoing request) throws NotAllowed, IOException, InterruptedException;
    }

    /// Makes requests of what was written, and sends them.
    @FunctionalInterface
    interface Work {
        ActionResult run() throws NotAllowed, IOException, InterruptedException, Credentials.Missing;
    }

    /// Does `work`; what is wrong with what was written or with Secrets is a failure.
    static ActionResult attempt(Work work) throws IOException, InterruptedException {
        try {
            return work.run();
        } catch (Credentials.Missing e) {
            return Failed.passing(Objects.requireNonNullElse(e.getMessage(), "a Secret is missing"));
        } catch (NotAllowed | IllegalArgumentException e) {
            return Failed.lasting(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    /// The failure that `reply` is to `request`.
    static Failed failed(Outgoing request, Reply reply) {
        return new Failed(request + " was answered " + reply.status(), reply.mayGetBetter(), reply.retryAfter());
    }

    /// Values may come from an event, and must not become headers of their own.
    static Map.Entry<String, String> header(String name, String value) {
        if (!name.matches(HEADER_NAME)) {
            throw new IllegalArgumentException("'" + name + "' cannot be the name of a header");
        }
        if (value.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
            throw new IllegalArgumentException("the value of header " + name + " has a control character in it");
        }
        return new SimpleImmutableEntry<>(name, value);
    }

    static boolean has(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
    }

    /// A body as it is sent: text as it is, other JSON as JSON, nothing for null.
    static String text(JsonNode body) {
        return body.isNull() || body.isMissingNode() ? "" : body.isTextual() ? body.textValue() : body.toString();
    }

    /// The URL, of which messages tell nothing: it may hold a secret.
    static URI url(@Nullable String written) {
        try {
            return URI.create(new URI(Objects.requireNonNullElse(written, "").strip()).toASCIIString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the url is none: " + e.getReason(), e);
        }
    }

    static Duration timeout(@Nullable String written) {
        if (written == null) {
            return TIMEOUT;
        }
        var timeout = GoDuration.parse(written)
                .orElseThrow(() -> new IllegalArgumentException("timeout '" + written + "': " + GoDuration.WAY_OUT));
        return timeout.isZero() || timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : timeout;
    }

    /// The meaning of an answer; a missing node when it is no JSON.
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
