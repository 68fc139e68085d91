package dev.bellhop.listener.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.DeliverySummary;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.record.Happening;
import dev.bellhop.listener.record.RecentHappenings;

/// What happened to each event and why, newest first: accepted deliveries from the journal, and from memory the latest events
/// that were filtered or refused, which cost no disk.
final class DeliveryLines {
    private final Journal journal;
    private final RecentHappenings recent;

    private record Line(Instant at, ObjectNode json) {}

    DeliveryLines(Journal journal, RecentHappenings recent) {
        this.journal = journal;
        this.recent = recent;
    }

    /// Those of `namespace` (all, when empty) and of `trigger` (all, when empty), at most `limit`.
    ObjectNode list(Optional<String> namespace, Optional<String> trigger, int limit) {
        var query = DeliveryQuery.newest(limit);
        if (namespace.isPresent()) {
            query = query.inTenant(namespace.get());
        }
        if (trigger.isPresent()) {
            query = query.ofTrigger(trigger.get());
        }
        var lines = new ArrayList<Line>();
        journal.list(query).deliveries().forEach(summary -> lines.add(line(summary)));
        recent.latest(name -> concerns(name, namespace, trigger), limit)
                .forEach(happening -> lines.add(line(happening)));
        lines.sort(Comparator.comparing(Line::at).reversed());
        var list = JsonNodeFactory.instance.objectNode();
        var items = list.putArray("items");
        lines.stream().limit(limit).forEach(line -> items.add(line.json));
        return list;
    }

    private static boolean concerns(ObjectName name, Optional<String> namespace, Optional<String> trigger) {
        return namespace.map(name.namespace()::equals).orElse(true) && trigger.map(name.name()::equals).orElse(true);
    }

    private static Line line(Happening happening) {
        return line(happening.at(), happening.listener(), happening.trigger(), happening.eventId().value(),
                happening.ending().outcome(), happening.ending().detail(), 0, List.of());
    }

    private static Line line(DeliverySummary summary) {
        var detail = summary.created().isEmpty()
                ? summary.step().map(step -> step + ": ").orElse("") + summary.why().orElse("")
                : String.join(", ", summary.created().stream().map(ObjectRef::shortName).toList());
        return line(summary.acceptedAt(), summary.listener(), summary.trigger(), summary.id().event().value(),
                outcome(summary.state()), detail, summary.attempts(), summary.created());
    }

    private static String outcome(DeliveryState state) {
        return switch (state) {
            case PENDING -> "Pending";
            case RETRYING -> "Retrying";
            case DONE -> "Created";
            case DEAD -> "Failed";
            case CORRUPT -> "Corrupt";
            case DUPLICATE -> "Duplicate";
            case CANCELLED -> "Cancelled";
        };
    }

    private static Line line(Instant at, ObjectName listener, ObjectName trigger, String eventId, String outcome,
            String detail,
            int attempts, List<ObjectRef> objects) {
        var json = JsonNodeFactory.instance.objectNode()
                .put("time", at.toString())
                .put("namespace", trigger.namespace())
                .put("trigger", trigger.name())
                .put("listener", listener.toString())
                .put("eventID", eventId)
                .put("outcome", outcome)
                .put("detail", detail)
                .put("attempts", attempts);
        var array = json.putArray("objects");
        objects.forEach(object -> array.addObject()
                .put("apiVersion", object.apiVersion())
                .put("kind", object.kind())
                .put("namespace", object.namespace())
                .put("name", object.name()));
        return new Line(at, json);
    }
}
