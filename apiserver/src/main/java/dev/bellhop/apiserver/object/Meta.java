package dev.bellhop.apiserver.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The metadata of an object, by the names of its fields. Missing text is the empty string, as Kubernetes has it.
public final class Meta {

    private Meta() {}

    public static String name(JsonNode object) {
        return text(object, "name");
    }

    public static String namespace(JsonNode object) {
        return text(object, "namespace");
    }

    public static String uid(JsonNode object) {
        return text(object, "uid");
    }

    public static String resourceVersion(JsonNode object) {
        return text(object, "resourceVersion");
    }

    /// Any text field of the metadata.
    public static String text(JsonNode object, String field) {
        return object.path("metadata").path(field).asText("");
    }

    public static Optional<String> label(JsonNode object, String key) {
        JsonNode value = object.path("metadata").path("labels").path(key);
        return value.isMissingNode() ? Optional.empty() : Optional.of(value.asText());
    }

    public static boolean isBeingDeleted(JsonNode object) {
        return !text(object, "deletionTimestamp").isEmpty();
    }

    public static List<String> finalizers(JsonNode object) {
        var finalizers = new ArrayList<String>();
        object.path("metadata").path("finalizers").forEach(finalizer -> finalizers.add(finalizer.asText()));
        return finalizers;
    }

    public static void setFinalizers(ObjectNode object, List<String> finalizers) {
        ObjectNode metadata = in(object);
        metadata.remove("finalizers");
        if (!finalizers.isEmpty()) {
            finalizers.forEach(metadata.putArray("finalizers")::add);
        }
    }

    /// The metadata of an object that is being built; made when missing.
    public static ObjectNode in(ObjectNode object) {
        return object.get("metadata") instanceof ObjectNode metadata ? metadata : object.putObject("metadata");
    }

    /// The time as metadata holds it: seconds, UTC.
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
