package dev.bellhop.listener.admin;

import java.util.HashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/// What the admin port answers.
sealed interface Reply {
    /// A whole answer.
    record Text(int status, Map<String, String> headers, String body) implements Reply {}

    /// Lines as they happen, until one side goes.
    record Lines(Tail tail) implements Reply {}

    /// One JSON document.
    static Reply json(JsonNode document) {
        return new Text(200, Map.of("Content-Type", "application/json"), document + "\n");
    }

    /// A no; `message` names what was wrong and the way out.
    static Reply error(int status, String message) {
        return error(status, message, Map.of());
    }

    /// The same with one more header.
    static Reply error(int status, String message, Map<String, String> header) {
        var headers = new HashMap<>(header);
        headers.put("Content-Type", "application/json");
        return new Text(status, headers, JsonNodeFactory.instance.objectNode().put("errorMessage", message) + "\n");
    }
}
