package dev.bellhop.listener.action;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionEvent;
import dev.bellhop.spi.action.Cluster;
import dev.bellhop.spi.action.Effect;
import dev.bellhop.spi.action.SecretValue;

/// What one step of a delivery may use.
final class StepContext implements ActionContext {
    private final Order order;
    private final Event event;
    private final String step;
    private final Cluster cluster;
    private final Clock clock;
    private final List<Effect> earlier;
    private final Consumer<List<Effect>> progress;

    StepContext(Order order, Event event, String step, Cluster cluster, Clock clock, List<Effect> earlier,
            Consumer<List<Effect>> progress) {
        this.order = order;
        this.event = event;
        this.step = step;
        this.cluster = cluster;
        this.clock = clock;
        this.earlier = List.copyOf(earlier);
        this.progress = progress;
    }

    @Override
    public String namespace() {
        return order.trigger().namespace();
    }

    @Override
    public String trigger() {
        return order.trigger().name();
    }

    @Override
    public String listener() {
        return order.door().name().name();
    }

    @Override
    public ActionEvent event() {
        return switch (event.origin()) {
            case Origin.Http _ -> new ActionEvent(event.id().value(), event.receivedAt(), "http", "", "", content());
            case Origin.Sourced from -> new ActionEvent(event.id().value(), from.time(), from.source(), from.type(),
                    from.subject(), content());
        };
    }

    private JsonNode content() {
        var body = event.body();
        return body.isJson()
                ? body.json()
                : body.text().filter(text -> !text.isEmpty()).<JsonNode>map(TextNode::valueOf).orElse(body.json());
    }

    @Override
    public String idempotencyKey() {
        return ObjectNames.fingerprint(order.identity().value() + order.identity().epoch(0) + "|a" + step);
    }

    @Override
    public List<Effect> earlier() {
        return earlier;
    }

    @Override
    public void progress(List<Effect> soFar) {
        progress.accept(soFar);
    }

    @Override
    public Cluster cluster() {
        return cluster;
    }

    /// Read anew each time: an action is rare beside what it does, and a changed Secret counts at once.
    @Override
    public SecretValue secret(String name, String key) throws IOException {
        if (!name.matches("[a-z0-9.-]{1,253}")) {
            return new SecretValue.Missing("'" + name + "' cannot be the name of a Secret");
        }
        var answer = cluster.ask(Cluster.Method.GET, "/api/v1/namespaces/" + namespace() + "/secrets/" + name,
                Optional.empty());
        if (answer.status() == 404) {
            return new SecretValue.Missing("Secret " + namespace() + "/" + name + " does not exist");
        }
        if (answer.status() == 403) {
            return new SecretValue.Missing("Secret " + namespace() + "/" + name + " may not be read: "
                    + answer.message());
        }
        if (!answer.isGood()) {
            throw new IOException("reading Secret " + namespace() + "/" + name + " was answered " + answer.status());
        }
        return value(name, key, answer.body().path("data"));
    }

    private SecretValue value(String name, String key, JsonNode data) {
        if (!data.path(key).isTextual()) {
            return new SecretValue.Missing("Secret " + namespace() + "/" + name + " has no key '" + key + "'");
        }
        return new SecretValue.Found(
                new String(Base64.getDecoder().decode(data.path(key).textValue()), StandardCharsets.UTF_8));
    }

    @Override
    public Clock clock() {
        return clock;
    }
}
