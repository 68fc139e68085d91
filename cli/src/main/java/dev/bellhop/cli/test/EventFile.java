package dev.bellhop.cli.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.NearMiss;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Headers;

/// An event as an EventSource would bring it, written in an `event.yaml`:
///
/// ```yaml
/// source: team-a/nightly
/// type: tick
/// body: {scheduledTime: "2026-01-01T02:30:00Z", payload: {suite: full}}
/// ```
///
/// @param source  NAME or NAMESPACE/NAME of the EventSource; absent: the only one of the folder
/// @param id      the source's own name of it
/// @param time    absent: the time at which every test happens
/// @param facts   what else expressions see as fields of `event`
/// @param body    of `body`, which is JSON, or of `raw`, which is text
/// @param oldBody what was there before
record EventFile(Path file, Optional<String> source, String id, String type, String subject, Optional<Instant> time,
        ObjectNode facts, Headers headers, Body body, Optional<JsonNode> oldBody) implements CaseInput {
    private static final List<String> FIELDS = List.of("source", "id", "type", "subject", "time", "facts", "headers",
            "body", "raw", "oldBody");

    static EventFile read(Path file) {
        try {
            var documents = Yaml.readAll(file);
            if (documents.size() == 1 && documents.getFirst() instanceof ObjectNode event) {
                return new Reader(file, event).read();
            }
            throw new UnusableInput(file + " must be one YAML document with fields of " + String.join(", ", FIELDS));
        } catch (IOException e) {
            throw new UnusableInput(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Path> bodyFile() {
        return Optional.empty();
    }

    /// Reads one document.
    private record Reader(Path file, ObjectNode event) {
        EventFile read() {
            refuseUnknownFields();
            return new EventFile(file, text("source"), text("id").orElse("1"), text("type").orElse(""),
                    text("subject").orElse(""), time(), object("facts"), headers(), body(),
                    Optional.ofNullable(event.get("oldBody")));
        }

        private void refuseUnknownFields() {
            var unknown = event.propertyStream().map(Map.Entry::getKey).filter(name -> !FIELDS.contains(name))
                    .map(name -> name
                            + NearMiss.of(name, FIELDS).map(near -> " (did you mean " + near + "?)").orElse(""))
                    .collect(Collectors.joining(", "));
            if (!unknown.isEmpty()) {
                throw unusable("nothing reads " + unknown + "; there is " + String.join(", ", FIELDS));
            }
        }

        private Optional<String> text(String field) {
            var value = event.get(field);
            if (value == null) {
                return Optional.empty();
            }
            if (!value.isTextual()) {
                throw unusable(field + " must be a text, is " + value);
            }
            return Optional.of(value.asText());
        }

        private Optional<Instant> time() {
            return text("time").map(written -> {
                try {
                    return Instant.parse(written);
                } catch (DateTimeParseException e) {
                    throw new UnusableInput(file + ": time '" + written + "' must be like 2026-01-31T02:30:00Z", e);
                }
            });
        }

        private ObjectNode object(String field) {
            return switch (event.get(field)) {
                case null -> JsonNodeFactory.instance.objectNode();
                case ObjectNode object -> object;
                case JsonNode other -> throw unusable(field + " must be an object, is " + other);
            };
        }

        private Headers headers() {
            var pairs = new ArrayList<Map.Entry<String, String>>();
            object("headers").properties()
                    .forEach(header -> pairs.add(Map.entry(header.getKey(), header.getValue().asText())));
            return Headers.of(pairs);
        }

        private Body body() {
            var raw = text("raw");
            if (raw.isPresent() && event.has("body")) {
                throw unusable("has both body and raw: write body for JSON, raw for any other text");
            }
            return raw.map(text -> Body.read(text.getBytes(StandardCharsets.UTF_8)))
                    .orElseGet(() -> Body.of(Objects.requireNonNullElseGet(event.get("body"),
                            JsonNodeFactory.instance::nullNode)));
        }

        private UnusableInput unusable(String why) {
            return new UnusableInput(file + ": " + why);
        }
    }
}
