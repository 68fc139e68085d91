package dev.bellhop.engine.source.kubernetesevents;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// An Event of Kubernetes, whichever of its two APIs it was read from.
///
/// @param json the Event as it was read; not to be changed
public record ObservedEvent(ObjectNode json) {
    /// How the names of Bellhop's own reporters begin.
    private static final String OWN_REPORTER = "bellhop.dev/";

    /// The object that the Event is about: its `apiVersion`, `kind`, `namespace`, `name` and `uid`.
    public JsonNode regarding() {
        return json.has("regarding") ? json.path("regarding") : json.path("involvedObject");
    }

    /// A field of the object that the Event is about; empty when it is missing.
    public String regarding(String field) {
        return regarding().path(field).asText("");
    }

    /// Such as `BackOff`.
    public String reason() {
        return json.path("reason").asText("");
    }

    /// What it says.
    public String message() {
        return first("message", "note");
    }

    /// `Normal` or `Warning`.
    public String type() {
        return json.path("type").asText("");
    }

    /// Who reports it, such as `kubelet`.
    public String component() {
        return Stream.of(json.at("/source/component"), json.at("/deprecatedSource/component"),
                json.path("reportingController"), json.path("reportingComponent")).map(node -> node.asText(""))
                .filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    /// Whether Bellhop itself reports it.
    public boolean isBellhops() {
        return Stream.of("reportingController", "reportingComponent")
                .anyMatch(field -> json.path(field).asText("").startsWith(OWN_REPORTER))
                || component().startsWith(OWN_REPORTER);
    }

    /// How often it has happened; 1 at least.
    public int count() {
        return Math.max(1, Stream.of(json.path("count"), json.path("deprecatedCount"), json.at("/series/count"))
                .mapToInt(JsonNode::asInt).max().orElse(1));
    }

    /// When it happened last.
    public Optional<Instant> happenedAt() {
        return Stream.of(json.at("/series/lastObservedTime"), json.path("lastTimestamp"),
                json.path("deprecatedLastTimestamp"), json.path("eventTime"), json.at("/metadata/creationTimestamp"))
                .flatMap(node -> time(node).stream()).findFirst();
    }

    /// When it was first written.
    public Optional<Instant> createdAt() {
        return time(json.at("/metadata/creationTimestamp"));
    }

    /// UID of the Event itself.
    public String uid() {
        return json.at("/metadata/uid").asText();
    }

    /// resourceVersion of the Event itself.
    public String resourceVersion() {
        return json.at("/metadata/resourceVersion").asText();
    }

    private String first(String field, String other) {
        return json.has(field) ? json.path(field).asText("") : json.path(other).asText("");
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
