package dev.bellhop.listener.journal.stored;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Event;
import dev.bellhop.listener.journal.Concurrency;
import dev.bellhop.listener.journal.DedupKey;
import dev.bellhop.listener.journal.Delivery;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Lane;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.ObjectRef;

/// What never changes of a delivery, as its rows hold it, with a checksum over all of it.
///
/// @param extensions JSON, or empty when there are none
public record StoredDelivery(DeliveryId id, Door door, ObjectName trigger, String triggerUid,
        Optional<DedupKey> dedup, Optional<Concurrency> concurrency, Optional<DeliveryId> replayOf, String extensions,
        int crc) {
    private static final String EVENT_SOURCE = "eventsource/";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// A delivery of a new event.
    public static StoredDelivery of(DeliveryId id, NewDelivery delivery) {
        var extensions = delivery.extensions().isEmpty() ? "" : delivery.extensions().toString();
        return new StoredDelivery(id, delivery.door(), delivery.trigger(), delivery.triggerUid(), delivery.dedup(),
                delivery.concurrency(), Optional.empty(), extensions, 0).withCrc();
    }

    /// The same event for the same Trigger anew.
    public StoredDelivery replayedAs(DeliveryId replay) {
        return new StoredDelivery(replay, door, trigger, triggerUid, Optional.empty(), concurrency,
                Optional.of(id), extensions, 0).withCrc();
    }

    /// Whether it is what was written.
    public boolean isIntact() {
        return checksum() == crc;
    }

    /// Where it waits in line.
    public Lane lane() {
        return new Lane(trigger, triggerUid);
    }

    /// What the column `listener_name` holds. An EventSource is told from an EventListener by what no name of an object can
    /// have in it.
    public String listenerName() {
        return switch (door.kind()) {
            case EVENT_LISTENER -> door.name().name();
            case EVENT_SOURCE -> EVENT_SOURCE + door.name().name();
        };
    }

    /// The door that the columns `listener_namespace` and `listener_name` tell of.
    static Door door(String namespace, String name) {
        return name.startsWith(EVENT_SOURCE)
                ? Door.source(new ObjectName(namespace, name.substring(EVENT_SOURCE.length())))
                : Door.listener(new ObjectName(namespace, name));
    }

    /// What it does not run at once with.
    public Optional<String> concurrencyKey() {
        return concurrency.map(Concurrency::key);
    }

    /// To be tried for the `attempt`th time; empty when the extensions cannot be read.
    public Optional<Delivery> delivery(Event event, int attempt, List<ObjectRef> created) {
        return extensionTree().map(tree -> new Delivery(id, event, door, trigger, triggerUid, tree, dedup,
                concurrency, replayOf, attempt, created));
    }

    /// The extensions as a tree; empty when they cannot be read.
    public Optional<ObjectNode> extensionTree() {
        try {
            return extensions.isEmpty()
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : JSON.readTree(extensions) instanceof ObjectNode tree ? Optional.of(tree) : Optional.empty();
        } catch (JsonProcessingException e) {
            // Only after the disk has changed them: the caller knows by the checksum.
            return Optional.empty();
        }
    }

    /// About what the rows weigh.
    public int weight() {
        return extensions.length() + 256;
    }

    private StoredDelivery withCrc() {
        return new StoredDelivery(id, door, trigger, triggerUid, dedup, concurrency, replayOf, extensions,
                checksum());
    }

    /// What is absent adds nothing: the checksums of rows that are older than a column stay right.
    private int checksum() {
        var texts = new ArrayList<>(List.of(id.value(), door.name().namespace(), listenerName(), trigger.namespace(),
                trigger.name(), triggerUid));
        dedup.ifPresent(key -> texts.add("dedup " + key.window().toMillis() + " " + key.value()));
        concurrency.ifPresent(one -> texts.add("concurrency " + one.policy() + " " + one.key()));
        replayOf.ifPresent(original -> texts.add("replay " + original));
        return Checksum.of(extensions.getBytes(StandardCharsets.UTF_8), texts);
    }
}
