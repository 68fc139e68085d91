package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.bellhop.api.action.PluginAction;
import dev.bellhop.engine.action.PluginTypes;
import dev.bellhop.listener.outlet.Outgoing;
import dev.bellhop.listener.outlet.Outlet.NotAllowed;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.ActionResult.Skipped;
import dev.bellhop.spi.action.Effect;

/// `plugin`: an action of a kind that does not come with Bellhop, in a JAR beside it or behind a URL.
final class PluginType extends TypedAction<PluginAction> {
    private final Posting.Sender sender;

    PluginType(Posting.Sender sender) {
        super("plugin", "Carries out an action of a kind that does not come with Bellhop.", PluginAction.class);
        this.sender = sender;
    }

    @Override
    ActionResult act(PluginAction spec, ActionContext context) throws IOException, InterruptedException {
        var fields = Objects.requireNonNullElse(spec.spec(), NullNode.getInstance());
        if (spec.url() != null) {
            return Posting.attempt(() -> remote(spec, fields, context));
        }
        var name = Objects.requireNonNullElse(spec.type(), "");
        var type = PluginTypes.find(name);
        return type.isEmpty()
                ? Failed.passing("this listener has no action of type '" + name + "'; it has " + PluginTypes.names())
                : type.get().run(fields, context);
    }

    /// The other side answers 2xx with `result` (`done`, `skipped` or `failed`), `why`, `retryable` and `effects`; what it
    /// leaves out is done.
    private ActionResult remote(PluginAction spec, JsonNode fields, ActionContext context)
            throws NotAllowed, IOException, InterruptedException {
        var event = context.event();
        var asked = JsonNodeFactory.instance.objectNode()
                .put("namespace", context.namespace())
                .put("trigger", context.trigger())
                .put("listener", context.listener())
                .put("idempotencyKey", context.idempotencyKey());
        asked.set("spec", fields);
        asked.putObject("event").put("id", event.id()).put("time", event.time().toString())
                .put("source", event.source()).put("type", event.type()).put("subject", event.subject())
                .set("body", event.body());
        var headers = List.<Map.Entry<String, String>>of(Posting.header("Content-Type", "application/json"),
                Posting.header("Idempotency-Key", context.idempotencyKey()));
        var request = Outgoing.to(Posting.url(spec.url()), "POST", headers, asked.toString(),
                Posting.timeout(spec.timeout()));
        var reply = sender.send(request);
        if (!reply.isGood()) {
            return Posting.failed(request, reply);
        }
        var said = Posting.json(reply.body());
        var why = said.path("why").asText("");
        return switch (said.path("result").asText("done")) {
            case "done" -> new Done(effects(said.path("effects"), request));
            case "skipped" -> new Skipped(why.isEmpty() ? "nothing to do" : why);
            default -> new Failed(request + " says: " + why, said.path("retryable").asBoolean(),
                    Optional.of(said.path("afterSeconds")).filter(JsonNode::isInt)
                            .map(seconds -> Duration.ofSeconds(seconds.asInt())));
        };
    }

    private static List<Effect> effects(JsonNode said, Outgoing request) {
        var effects = new ArrayList<Effect>();
        for (var effect : said) {
            effects.add(new Effect(effect.path("verb").asText("did"), effect.path("apiVersion").asText(""),
                    effect.path("kind").asText(""), effect.path("namespace").asText(""), effect.path("name").asText(""),
                    effect.path("uid").asText("")));
        }
        return effects.isEmpty() ? List.of(Effect.outside("called", "plugin", request.toString())) : effects;
    }
}
