package dev.bellhop.engine.source.resource;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.Bellhop;

/// An object as the API server shows it, without `metadata.managedFields`.
///
/// @param json      the object; not to be changed
/// @param writtenAt the newest time in its managedFields, if there is one
/// @param writtenBy whose that newest entry is; empty when there is none, or several of the same second
public record WatchedObject(ObjectNode json, Optional<Instant> writtenAt, Optional<String> writtenBy) {
    /// How the names of Bellhop's field managers begin.
    private static final String OWN_MANAGER = "bellhop";

    /// Takes what the API server sent: `json` is changed and belongs to the result.
    public static WatchedObject of(ObjectNode json) {
        var managed = json.get("metadata") instanceof ObjectNode metadata ? metadata.remove("managedFields") : null;
        if (managed == null) {
            return new WatchedObject(json, Optional.empty(), Optional.empty());
        }
        var newest = Optional.<Instant>empty();
        var writer = Optional.<String>empty();
        for (var entry : managed) {
            var at = time(entry.path("time"));
            if (at.isPresent() && (newest.isEmpty() || !at.get().isBefore(newest.get()))) {
                writer = newest.equals(at) ? Optional.empty() : Optional.of(entry.path("manager").asText());
                newest = at;
            }
        }
        return new WatchedObject(json, newest, writer);
    }

    /// Its namespace; empty when its kind has none.
    public String namespace() {
        return meta("namespace").asText("");
    }

    /// Its name.
    public String name() {
        return meta("name").asText();
    }

    /// Its UID.
    public String uid() {
        return meta("uid").asText();
    }

    /// Its resourceVersion.
    public String resourceVersion() {
        return meta("resourceVersion").asText();
    }

    /// Its generation; 0 when its kind has none.
    public long generation() {
        return meta("generation").asLong();
    }

    /// When it was created.
    public Optional<Instant> createdAt() {
        return time(meta("creationTimestamp"));
    }

    /// Since when it is being deleted.
    public Optional<Instant> deletedAt() {
        return time(meta("deletionTimestamp"));
    }

    /// Whether an action of Bellhop's made it.
    public boolean isBellhops() {
        return meta("labels").has(Bellhop.LABEL_TRIGGER) || meta("annotations").has(Bellhop.ANNOTATION_DELIVERY)
                || hops() > 0;
    }

    /// Whether an action of Bellhop's wrote it last.
    public boolean isWrittenByBellhop() {
        return writtenBy.filter(manager -> manager.startsWith(OWN_MANAGER)).isPresent();
    }

    /// How many actions lie between it and the first event; 0 for what Bellhop did not make.
    public int hops() {
        return meta("annotations").path(Bellhop.ANNOTATION_HOPS).asInt();
    }

    private JsonNode meta(String field) {
        return json.path("metadata").path(field);
    }

    private static Optional<Instant> time(JsonNode text) {
        try {
            return text.isTextual() ? Optional.of(Instant.parse(text.asText())) : Optional.empty();
        } catch (DateTimeParseException e) {
            // Not what an API server writes; nothing is known then.
            return Optional.empty();
        }
    }
}
