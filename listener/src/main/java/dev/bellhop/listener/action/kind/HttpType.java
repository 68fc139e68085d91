package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.action.HttpAction;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Reply;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.Effect;

/// `http`: sends a request. It carries the header `Idempotency-Key`, the same for every try.
final class HttpType extends TypedAction<HttpAction> {
    private final Posting.Sender sender;

    HttpType(Posting.Sender sender) {
        super("http", "Sends an HTTP request.", HttpAction.class);
        this.sender = sender;
    }

    @Override
    ActionResult act(HttpAction spec, ActionContext context) throws IOException, InterruptedException {
        return Posting.attempt(() -> {
            var request = request(spec, context);
            var reply = sender.send(request);
            return isSuccess(spec, reply)
                    ? Done.of(Effect.outside("called", "http", request + " (" + reply.status() + ")"))
                    : Posting.failed(request, reply);
        });
    }

    private static Outgoing request(HttpAction spec, ActionContext context)
            throws IOException, Credentials.Missing {
        var credentials = new Credentials(context);
        var headers = new ArrayList<Map.Entry<String, String>>();
        Objects.requireNonNullElse(spec.headers(), Map.<String, String>of())
                .forEach((name, value) -> headers.add(Posting.header(name, value)));
        for (var secret : credentials.headers(spec.auth(), spec.secretHeaders())) {
            headers.add(Posting.header(secret.getKey(), secret.getValue()));
        }
        var body = Objects.requireNonNullElse(spec.body(), NullNode.getInstance());
        if (!body.isNull() && !Posting.has(headers, "Content-Type")) {
            headers.add(Posting.header("Content-Type",
                    body.isTextual() ? "text/plain; charset=utf-8" : "application/json"));
        }
        if (!Posting.has(headers, "Idempotency-Key")) {
            headers.add(Posting.header("Idempotency-Key", context.idempotencyKey()));
        }
        return Outgoing.to(Posting.url(spec.url()), method(spec), headers, Posting.text(body),
                Posting.timeout(spec.timeout()))
                .with(credentials.certificates(spec.tls()));
    }

    private static String method(HttpAction spec) {
        var method = Objects.requireNonNullElse(spec.method(), "POST");
        if (!method.matches("[A-Z]{1,20}")) {
            throw new IllegalArgumentException("the method must be in upper case, such as POST");
        }
        return method;
    }

    private static boolean isSuccess(HttpAction spec, Reply reply) {
        var codes = Objects.requireNonNullElse(spec.successCodes(), List.<Integer>of());
        return codes.isEmpty() ? reply.isGood() : codes.contains(reply.status());
    }
}
