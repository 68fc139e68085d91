package dev.bellhop.listener.admin;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryHistory.FailedTry;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.record.Ending;
import dev.bellhop.listener.record.Happening;

/// Deliveries as the API shows them. What is absent is left out.
final class DeliveryJson {
    /// So much of a payload is shown.
    static final int MOST_PAYLOAD_BYTES = 1 << 20;

    private DeliveryJson() {}

    /// A delivery as one line of a listing.
    static ObjectNode line(DeliverySummary summary) {
        var line = JsonNodeFactory.instance.objectNode()
                .put("time", summary.acceptedAt().toString())
                .put("namespace", summary.trigger().namespace())
                .put("trigger", summary.trigger().name())
                .put(summary.door().field(), summary.door().name().toString())
                .put("eventID", summary.id().event().value())
                .put("id", summary.id().value())
                .put("outcome", ShownOutcome.of(summary.state()).name())
                .put("detail", detail(summary))
                .put("attempts", summary.attempts());
        objects(line, summary.created());
        summary.dueAt().ifPresent(at -> line.put("nextAttemptAt", at.toString()));
        summary.finishedAt().ifPresent(at -> line.put("finishedAt", at.toString()));
        summary.duplicateOf().ifPresent(id -> line.put("duplicateOf", id.value()));
        summary.replayOf().ifPresent(id -> line.put("replayOf", id.value()));
        summary.requestedBy().ifPresent(by -> line.put("requestedBy", by));
        return line;
    }

    private static String detail(DeliverySummary summary) {
        if (summary.duplicateOf().isPresent()) {
            return "duplicate of " + summary.duplicateOf().get();
        }
        return summary.state() == DeliveryState.DONE || summary.why().isEmpty()
                ? names(summary.created())
                : summary.step().map(step -> step + ": ").orElse("") + summary.why().get();
    }

    private static String names(List<ObjectRef> objects) {
        return String.join(", ", objects.stream().map(ObjectRef::shortName).toList());
    }

    /// Something that happened, as one line.
    static ObjectNode line(Happening happening) {
        var line = JsonNodeFactory.instance.objectNode()
                .put("time", happening.at().toString())
                .put("namespace", happening.trigger().namespace())
                .put("trigger", happening.trigger().name())
                .put(happening.door().field(), happening.door().name().toString())
                .put("eventID", happening.eventId().value());
        happening.delivery().map(DeliveryId::value).ifPresent(id -> line.put("id", id));
        line.put("outcome", happening.ending().outcome()).put("detail", happening.ending().detail());
        objects(line, happening.ending() instanceof Ending.Created(var created) ? created : List.of());
        return line;
    }

    private static void objects(ObjectNode line, List<ObjectRef> objects) {
        var array = line.putArray("objects");
        for (var object : objects) {
            var shown = array.addObject()
                    .put("apiVersion", object.apiVersion())
                    .put("kind", object.kind())
                    .put("namespace", object.namespace())
                    .put("name", object.name());
            if (object.verb() != null) {
                shown.put("verb", object.verb());
            }
        }
    }

    /// Everything known of a delivery but what was received and added to it.
    static ObjectNode whole(DeliveryHistory history) {
        var summary = history.summary();
        var whole = line(summary);
        summary.dedupKey().ifPresent(key -> whole.put("dedupKey", key));
        var tries = whole.putArray("tries");
        history.failures().forEach(failed -> tries.addObject()
                .put("attempt", failed.attempt())
                .put("startedAt", failed.startedAt().toString())
                .put("endedAt", failed.endedAt().toString())
                .put("outcome", "Failed")
                .put("step", failed.step())
                .put("why", failed.why()));
        // A try that went well leaves no record of its own.
        if (summary.state() == DeliveryState.DONE
                && history.failures().stream().map(FailedTry::attempt).noneMatch(n -> n == summary.attempts())) {
            var last = tries.addObject().put("attempt", summary.attempts());
            summary.finishedAt().ifPresent(at -> last.put("endedAt", at.toString()));
            last.put("outcome", ShownOutcome.Created.name());
        }
        history.event().ifPresent(event -> whole.set("request", request(event)));
        return whole;
    }

    /// The same with what was received and added to it, except for what is `hidden`.
    static ObjectNode withPayload(DeliveryHistory history, HiddenFields hidden) {
        var whole = whole(history);
        history.event().ifPresent(event -> whole.set("payload", payload(hidden.payload(event))));
        history.extensions()
                .ifPresent(added -> whole.set("extensions", hidden.in("extensions", added).orElse(added)));
        return whole;
    }

    private static ObjectNode request(Event event) {
        var request = JsonNodeFactory.instance.objectNode()
                .put("receivedAt", event.receivedAt().toString())
                .put("method", event.method())
                .put("url", event.requestUrl());
        var headers = request.putObject("headers");
        event.headers().asMap().forEach((name, values) -> values.forEach(headers.withArray(name)::add));
        return request.put("payloadBytes", event.body().bytes().length);
    }

    private static ObjectNode payload(byte[] bytes) {
        var shown = bytes.length > MOST_PAYLOAD_BYTES ? Arrays.copyOf(bytes, MOST_PAYLOAD_BYTES) : bytes;
        var payload = JsonNodeFactory.instance.objectNode().put("truncated", shown.length < bytes.length);
        text(shown).ifPresentOrElse(text -> payload.put("text", text),
                () -> payload.put("base64", Base64.getEncoder().encodeToString(shown)));
        return payload;
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
