package dev.bellhop.listener.action.kind;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.action.RecordEventAction;
import dev.bellhop.spi.action.ActionContext;
import dev.bellhop.spi.action.ActionResult;
import dev.bellhop.spi.action.ActionResult.Done;
import dev.bellhop.spi.action.ActionResult.Failed;
import dev.bellhop.spi.action.Answer;
import dev.bellhop.spi.action.Cluster.Content;
import dev.bellhop.spi.action.Cluster.Method;

/// `recordEvent`: adds the event to an EventRecord, which keeps the last ones, the newest at the end.
final class RecordEventType extends TypedAction<RecordEventAction> {
    private static final String KIND = "EventRecord";
    private static final int USUAL_LIMIT = 10;

    RecordEventType() {
        super("recordEvent", "Adds the event to an EventRecord, which keeps the last ones.", RecordEventAction.class);
    }

    @Override
    ActionResult act(RecordEventAction spec, ActionContext context) throws IOException {
        var served = context.cluster().find(Bellhop.API_VERSION, KIND);
        if (served.isEmpty()) {
            return Failed.passing("the API server serves no EventRecord; install the CRDs of Bellhop");
        }
        var event = EventObject.of(context);
        var name = Objects.requireNonNullElseGet(spec.name(), () -> event.nameOrTrigger(context));
        var namespace = Objects.requireNonNullElseGet(spec.namespace(), () -> event.namespaceOrOwn(context));
        var target = new Target(served.get(), Bellhop.API_VERSION, KIND, namespace, name);
        int limit = Math.clamp(Objects.requireNonNullElse(spec.limit(), USUAL_LIMIT), 1, 100);
        var entry = entry(event, context);
        var answer = Race.run(target, context, record -> added(record, entry, limit));
        if (answer.status() == 404) {
            answer = create(target, event, entry, spec, context);
            if (answer.status() == 409) {
                // Another event made it first.
                answer = Race.run(target, context, record -> added(record, entry, limit));
            }
        }
        return answer.isGood()
                ? Done.of(target.effect("recorded", answer.body()))
                : target.failed("writing", answer, context);
    }

    private static ObjectNode entry(EventObject object, ActionContext context) {
        var event = context.event();
        var entry = JsonNodeFactory.instance.objectNode()
                .put("key", context.idempotencyKey())
                .put("eventID", event.id())
                .put("time", event.time().toString())
                .put("source", event.source());
        // Older API servers take an empty text in a field of this name for null, and refuse it.
        if (!event.type().isEmpty()) {
            entry.put("type", event.type());
        }
        if (!object.name().isEmpty()) {
            entry.putObject("resource").put("apiVersion", object.apiVersion()).put("kind", object.kind())
                    .put("namespace", object.namespace()).put("name", object.name());
        }
        return entry;
    }

    private static Optional<ObjectNode> added(JsonNode record, ObjectNode entry, int limit) {
        var events = record.path("spec").path("events");
        for (var known : events) {
            if (known.path("key").equals(entry.path("key"))) {
                return Optional.empty();
            }
        }
        var patch = JsonNodeFactory.instance.objectNode();
        var kept = patch.withObjectProperty("spec").putArray("events");
        for (int i = Math.max(0, events.size() + 1 - limit); i < events.size(); i++) {
            kept.add(events.get(i));
        }
        kept.add(entry);
        return Optional.of(patch);
    }

    private static Answer create(Target target, EventObject object, ObjectNode entry, RecordEventAction spec,
            ActionContext context) throws IOException {
        var record = JsonNodeFactory.instance.objectNode().put("apiVersion", Bellhop.API_VERSION).put("kind", KIND);
        var metadata = record.putObject("metadata").put("name", target.name()).put("namespace", target.namespace());
        if (object.body().path("metadata").path("labels") instanceof ObjectNode labels) {
            metadata.set("labels", labels.deepCopy());
        }
        Ownership.label(record, context);
        if (!Boolean.FALSE.equals(spec.owner())) {
            Owner.manage(record, context);
        }
        record.putObject("spec").putArray("events").add(entry);
        return context.cluster().ask(Method.POST, target.collection() + "?fieldManager=bellhop",
                Optional.of(Content.json(record)));
    }
}
