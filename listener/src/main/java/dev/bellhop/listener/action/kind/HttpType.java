package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.action.HttpAction;
import dev.bellhop.engine.policy.GoDuration;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Effect;
import org.jspecify.annotations.Nullable;

/// `http`: sends a request. It carries the header `Idempotency-Key`, the same for every try.
final class HttpType extends TypedAction<HttpAction> {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);
    private static final String HEADER_NAME = "[A-Za-z0-9!#$%&'*+.^_`|~-]+";

    private final Outlet outlet;

    HttpType(Outlet outlet) {
        super("http", "Sends an HTTP request.", HttpAction.class);
        this.outlet = outlet;
    }

    @Override
    ActionResult act(HttpAction spec, ActionContext context) throws IOException, InterruptedException {
        try {
            var request = request(spec, context);
            var reply = outlet.send(request);
            return isSuccess(spec, reply)
                    ? Done.of(Effect.outside("called", "http", request + " (" + reply.status() + ")"))
                    : new Failed(request + " was answered " + reply.status(), reply.mayGetBetter(),
                            reply.retryAfter());
        } catch (Credentials.Missing e) {
            return Failed.passing(Objects.requireNonNullElse(e.getMessage(), "a Secret is missing"));
        } catch (NotAllowed e) {
            return Failed.lasting(Objects.requireNonNullElse(e.getMessage(), "not allowed"));
        } catch (IllegalArgumentException e) {
            return Failed.lasting(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private static Outgoing request(HttpAction spec, ActionContext context)
            throws IOException, Credentials.Missing {
        var credentials = new Credentials(context);
        var headers = new ArrayList<Map.Entry<String, String>>();
        Objects.requireNonNullElse(spec.headers(), Map.<String, String>of())
                .forEach((name, value) -> headers.add(header(name, value)));
        for (var secret : credentials.headers(spec.auth(), spec.secretHeaders())) {
            headers.add(header(secret.getKey(), secret.getValue()));
        }
        var body = Objects.requireNonNullElse(spec.body(), NullNode.getInstance());
        if (!body.isNull() && !has(headers, "Content-Type")) {
            headers.add(header("Content-Type", body.isTextual() ? "text/plain; charset=utf-8" : "application/json"));
        }
        if (!has(headers, "Idempotency-Key")) {
            headers.add(header("Idempotency-Key", context.idempotencyKey()));
        }
        return new Outgoing(Objects.requireNonNullElse(spec.method(), "POST"), url(spec.url()), headers,
                text(body), timeout(spec.timeout()), credentials.certificates(spec.tls()),
                false);
    }

    private static boolean has(List<Map.Entry<String, String>> headers, String name) {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
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

    static String text(JsonNode body) {
        return body.isNull() ? "" : body.isTextual() ? body.textValue() : body.toString();
    }

    static URI url(@Nullable String written) {
        try {
            return new URI(Objects.requireNonNullElse(written, ""));
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

    private static boolean isSuccess(HttpAction spec, Reply reply) {
        var codes = Objects.requireNonNullElse(spec.successCodes(), List.<Integer>of());
        return codes.isEmpty() ? reply.isGood() : codes.contains(reply.status());
    }
}
