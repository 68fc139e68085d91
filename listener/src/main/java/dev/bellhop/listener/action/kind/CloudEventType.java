package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.api.action.CloudEventAction;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.Effect;

/// `cloudEvent`: sends a CloudEvent 1.0 over HTTP. Its id is the same for every try.
final class CloudEventType extends TypedAction<CloudEventAction> {
    private final Posting.Sender sender;

    CloudEventType(Posting.Sender sender) {
        super("cloudEvent", "Sends a CloudEvent 1.0 over HTTP.", CloudEventAction.class);
        this.sender = sender;
    }

    @Override
    ActionResult act(CloudEventAction spec, ActionContext context) throws IOException, InterruptedException {
        return Posting.attempt(() -> {
            var request = request(spec, context);
            var reply = sender.send(request);
            return reply.isGood()
                    ? Done.of(Effect.outside("sent", "cloudEvent", request + " (" + reply.status() + ")"))
                    : Posting.failed(request, reply);
        });
    }

    private static Outgoing request(CloudEventAction spec, ActionContext context)
            throws IOException, Credentials.Missing {
        var credentials = new Credentials(context);
        var headers = new ArrayList<Map.Entry<String, String>>();
        for (var secret : credentials.headers(spec.auth(), spec.secretHeaders())) {
            headers.add(Posting.header(secret.getKey(), secret.getValue()));
        }
        JsonNode data = Objects.requireNonNullElse(spec.data(), context.event().body());
        var type = Objects.requireNonNullElse(spec.dataContentType(),
                data.isTextual() ? "text/plain" : data.isBinary() ? "application/octet-stream" : "application/json");
        var attributes = attributes(spec, context);
        String body;
        // What is sent is text: bytes that are none need the mode that has a place for them.
        if ("structured".equals(spec.mode()) || data.isBinary()) {
            var event = JsonNodeFactory.instance.objectNode();
            attributes.forEach(event::put);
            event.put("datacontenttype", type).set(data.isBinary() ? "data_base64" : "data", data);
            headers.add(Posting.header("Content-Type", "application/cloudevents+json"));
            body = event.toString();
        } else {
            attributes.forEach((name, value) -> headers.add(Posting.header("ce-" + name, encoded(value))));
            headers.add(Posting.header("Content-Type", type));
            body = Posting.text(data);
        }
        return Outgoing.to(Posting.url(spec.url()), "POST", headers, body, Posting.timeout(spec.timeout()))
                .with(credentials.certificates(spec.tls()));
    }

    private static Map<String, String> attributes(CloudEventAction spec, ActionContext context) {
        var event = context.event();
        var attributes = new LinkedHashMap<String, String>();
        attributes.put("specversion", "1.0");
        attributes.put("id", context.idempotencyKey());
        attributes.put("source",
                Objects.requireNonNullElseGet(spec.source(), () -> "/apis/bellhop.dev/v1alpha1/namespaces/"
                        + context.namespace() + "/triggers/" + context.trigger()));
        attributes.put("type", Objects.requireNonNullElseGet(spec.type(),
                () -> event.type().isEmpty() ? "dev.bellhop.event" : event.type()));
        if (spec.subject() != null && !spec.subject().isEmpty()) {
            attributes.put("subject", spec.subject());
        }
        attributes.put("time", event.time().toString());
        Objects.requireNonNullElse(spec.extensions(), Map.<String, String>of()).forEach((name, value) -> {
            if (!name.matches("[a-z0-9]{1,20}") || attributes.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("cloudEvent.extensions '" + name
                        + "' must be a name of its own, of at most 20 lower-case letters and digits");
            }
        });
        return attributes;
    }

    /// As the HTTP binding says: what is not printable ASCII, a quote or a per cent sign is percent-encoded.
    private static String encoded(String value) {
        var text = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            if (octet > ' ' && octet < 0x7f && octet != '"' && octet != '%') {
                text.append((char) octet);
            } else {
                text.append(String.format("%%%02X", octet));
            }
        }
        return text.toString();
    }
}
