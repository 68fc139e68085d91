package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import java.util.List;

/// The two halves of an object: a write to the object leaves the status alone, one to the status the rest.
final class Split {

    private Split() {}

    static void keepOtherHalf(Target target, ObjectNode old, ObjectNode object) {
        switch (target.subresource()) {
            case "status" -> keepAllBut("status", old, object);
            case "finalize" -> keepAllBut("spec", old, object);
            default -> {
                if (target.type().has("status")) {
                    take("status", old, object);
                }
            }
        }
    }

    private static void keepAllBut(String half, ObjectNode old, ObjectNode object) {
        JsonNode changed = object.get(half);
        JsonNode managed = object.path("metadata").get("managedFields");
        JsonNode finalizers = object.path("metadata").get("finalizers");
        JsonNode version = object.path("metadata").get("resourceVersion");
        object.removeAll();
        object.setAll(old.deepCopy());
        object.remove(half);
        if (changed != null) {
            object.set(half, changed);
        }
        ObjectNode metadata = Meta.in(object);
        if (version != null) {
            metadata.set("resourceVersion", version);
        }
        if (managed != null) {
            metadata.set("managedFields", managed);
        }
        if ("spec".equals(half) && finalizers != null) {
            metadata.set("finalizers", finalizers);
        }
    }

    private static void take(String field, ObjectNode from, ObjectNode to) {
        to.remove(field);
        if (from.has(field)) {
            to.set(field, from.get(field));
        }
    }

    /// Whether anything but metadata, and status where it is a half of its own, has changed.
    static boolean contentDiffers(ObjectNode old, ObjectNode object, ResourceType type) {
        return !content(old, type).equals(content(object, type));
    }

    private static ObjectNode content(ObjectNode object, ResourceType type) {
        ObjectNode content = Json.object().setAll(object);
        content.remove(List.of("apiVersion", "metadata"));
        if (type.has("status") || !type.custom()) {
            content.remove("status");
        }
        return content;
    }
}
