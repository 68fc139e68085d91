package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import java.util.Map;

/// Turns objects into the version somebody asks for. Only Events differ by more than the name of the version: they are
/// stored as core/v1 and seen through both groups.
public final class Versions {

    private static final Map<String, String> EVENT_FIELDS = Map.of("involvedObject", "regarding", "message", "note",
            "source", "deprecatedSource", "firstTimestamp", "deprecatedFirstTimestamp", "lastTimestamp",
            "deprecatedLastTimestamp", "count", "deprecatedCount", "reportingComponent", "reportingController");

    private Versions() {}

    /// The object as this type shows it; never the stored tree itself when anything differs.
    public static ObjectNode shown(ObjectNode stored, ResourceType type) {
        if (stored.path("apiVersion").asText().equals(type.apiVersion())) {
            return stored;
        }
        ObjectNode shown = Json.object().put("apiVersion", type.apiVersion()).put("kind", type.kind());
        boolean newEvent = type.is("events.k8s.io", "events");
        stored.properties().forEach(field -> {
            if (!"apiVersion".equals(field.getKey()) && !"kind".equals(field.getKey())) {
                shown.set(newEvent ? EVENT_FIELDS.getOrDefault(field.getKey(), field.getKey()) : field.getKey(),
                        field.getValue());
            }
        });
        return shown;
    }

    /// The object as it is stored.
    static ObjectNode stored(ObjectNode shown, ResourceType type) {
        if (!type.is("events.k8s.io", "events")) {
            return shown;
        }
        ObjectNode stored = Json.object().put("apiVersion", "v1").put("kind", "Event");
        shown.properties().forEach(field -> {
            if (!"apiVersion".equals(field.getKey()) && !"kind".equals(field.getKey())) {
                stored.set(EVENT_FIELDS.entrySet().stream().filter(entry -> entry.getValue().equals(field.getKey()))
                        .map(Map.Entry::getKey).findFirst().orElse(field.getKey()), field.getValue());
            }
        });
        return stored;
    }
}
