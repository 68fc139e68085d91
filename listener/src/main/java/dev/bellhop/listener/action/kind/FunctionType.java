package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.action.FunctionAction;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Cluster.Method;
import dev.bellhop.spi.action.Effect;

/// `function`: posts the event to every Service of the Trigger's namespace that has certain labels, with the headers that
/// Kubeless's functions know. The Services are looked up for each event.
final class FunctionType extends TypedAction<FunctionAction> {
    private static final int USUAL_PORT = 8080;

    private final Posting.Sender sender;

    FunctionType(Posting.Sender sender) {
        super("function", "Calls every Service of the Trigger's namespace that has certain labels.",
                FunctionAction.class);
        this.sender = sender;
    }

    @Override
    ActionResult act(FunctionAction spec, ActionContext context) throws IOException, InterruptedException {
        var selector = Objects.requireNonNullElse(spec.selector(), Map.<String, String>of());
        if (selector.isEmpty()) {
            return Failed.lasting("function.selector is empty: it would choose every Service of the namespace");
        }
        var wanted = selector.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
        var listed = context.cluster().ask(Method.GET, "/api/v1/namespaces/" + context.namespace()
                + "/services?labelSelector=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8), Optional.empty());
        if (!listed.isGood()) {
            return listed.failed("listing the Services of " + context.namespace() + " with " + wanted + " as "
                    + context.cluster().actsAs());
        }
        return listed.body().path("items").isEmpty()
                ? new ActionResult.Skipped("no Service of " + context.namespace() + " has the labels " + wanted)
                : Posting.attempt(() -> callAll(listed.body().path("items"), spec, context));
    }

    /// One that fails keeps none of the others from being called; the next try calls those that failed.
    private ActionResult callAll(JsonNode services, FunctionAction spec, ActionContext context)
            throws IOException, InterruptedException {
        var called = new ArrayList<>(context.earlier());
        var failures = new ArrayList<Failed>();
        for (var service : services) {
            var name = service.path("metadata").path("name").asText();
            if (called.stream().anyMatch(effect -> effect.name().equals(name))) {
                continue;
            }
            switch (call(service, name, spec, context)) {
                case Failed failed -> failures.add(failed);
                case Done(var effects) -> {
                    called.addAll(effects);
                    context.progress(called);
                }
                case ActionResult.Skipped _ -> {}
            }
        }
        return failures.isEmpty() ? new Done(called) : together(failures);
    }

    private static Failed together(List<Failed> failures) {
        return new Failed(String.join("; ", failures.stream().map(Failed::why).toList()),
                failures.stream().anyMatch(Failed::retryable), failures.getFirst().after());
    }

    private ActionResult call(JsonNode service, String name, FunctionAction spec, ActionContext context)
            throws InterruptedException {
        if (service.path("spec").path("type").asText().equals("ExternalName")) {
            return Failed.lasting("Service " + name + " leads out of the cluster: it is an ExternalName");
        }
        var event = context.event();
        var body = Objects.requireNonNullElse(spec.body(), event.body());
        if (body.isBinary()) {
            return Failed.lasting("the event's body is neither JSON nor text: write function.body");
        }
        var text = Posting.text(body);
        var type = (body.isTextual() ? Posting.json(text) : body).isObject()
                ? "application/json"
                : "application/x-www-form-urlencoded";
        var headers = List.of(
                Posting.header("Content-Type", type),
                Posting.header("event-id", event.id()),
                Posting.header("event-time", event.time().toString()),
                Posting.header("event-type", type),
                Posting.header("event-namespace", event.source() + ".bellhop.dev"),
                Posting.header("Idempotency-Key", context.idempotencyKey()));
        var path = Objects.requireNonNullElse(spec.path(), "/");
        var url = Posting.url("http://" + name + "." + context.namespace() + ".svc:" + port(service, spec)
                + (path.startsWith("/") ? path : "/" + path));
        var request = Outgoing.to(url, "POST", headers, text, Posting.timeout(spec.timeout())).ofOurOwn();
        try {
            var reply = sender.send(request);
            return reply.isGood()
                    ? Done.of(new Effect("called", "v1", "Service", context.namespace(), name, ""))
                    : Posting.failed(request, reply);
        } catch (IOException e) {
            return Failed.passing(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        } catch (NotAllowed e) {
            return Failed.lasting(Objects.requireNonNullElse(e.getMessage(), e.toString()));
        }
    }

    private static int port(JsonNode service, FunctionAction spec) {
        var ports = service.path("spec").path("ports");
        var wanted = Objects.requireNonNullElse(spec.port(), "");
        for (var port : ports) {
            if (wanted.isEmpty() || port.path("name").asText().equals(wanted)
                    || port.path("port").asText().equals(wanted)) {
                return port.path("port").asInt();
            }
        }
        if (wanted.isEmpty()) {
            return USUAL_PORT;
        }
        throw new IllegalArgumentException("Service " + service.path("metadata").path("name").asText()
                + " has no port '" + wanted + "'");
    }
}
