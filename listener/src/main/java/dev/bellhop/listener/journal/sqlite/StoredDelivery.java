package dev.bellhop.listener.journal.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.NewDelivery;

/// What never changes of a delivery, as its rows hold it, with a checksum over all of it.
///
/// @param extensions JSON, or empty when there are none
record StoredDelivery(DeliveryId id, ObjectName listener, ObjectName trigger, String triggerUid, String extensions,
        int crc) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static StoredDelivery of(DeliveryId id, NewDelivery delivery) {
        var extensions = delivery.extensions().isEmpty() ? "" : delivery.extensions().toString();
        return new StoredDelivery(id, delivery.listener(), delivery.trigger(), delivery.triggerUid(), extensions,
                checksum(id, delivery.listener(), delivery.trigger(), delivery.triggerUid(), extensions));
    }

    boolean isIntact() {
        return checksum(id, listener, trigger, triggerUid, extensions) == crc;
    }

    /// The extensions as a tree; empty when they cannot be read.
    Optional<ObjectNode> extensionTree() {
        try {
            return extensions.isEmpty()
                    ? Optional.of(JsonNodeFactory.instance.objectNode())
                    : JSON.readTree(extensions) instanceof ObjectNode tree ? Optional.of(tree) : Optional.empty();
        } catch (JsonProcessingException e) {
            // Only after the disk has changed them: the caller knows by the checksum.
            return Optional.empty();
        }
    }

    /// About what the rows weigh on their way to the disk.
    int weight() {
        return extensions.length() + 256;
    }

    private static int checksum(DeliveryId id, ObjectName listener, ObjectName trigger, String triggerUid,
            String extensions) {
        return StoredEvent.checksum(extensions.getBytes(StandardCharsets.UTF_8), id.value(), listener.namespace(),
                listener.name(), trigger.namespace(), trigger.name(), triggerUid);
    }
}
