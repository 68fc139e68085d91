package dev.bellhop.listener.source.remote;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;

/// What a plug-in is told of an EventSource, as the body of a `PUT`.
///
/// @param eventsUrl where it is to post events
/// @param every     how often it is told
/// @param spec      its own fields
public record SourceDocument(ObjectName name, String uid, long generation, String eventsUrl, Duration every,
        JsonNode spec) {
    /// As it is sent.
    public ObjectNode json() {
        var document = JsonNodeFactory.instance.objectNode().put("namespace", name.namespace())
                .put("name", name.name()).put("uid", uid).put("generation", generation).put("eventsUrl", eventsUrl)
                .put("everySeconds", every.toSeconds());
        return document.set("spec", spec);
    }
}
