package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What goes back.
record Reply(int code, String contentType, byte[] body, List<String> warnings) {

    static final String JSON = "application/json";

    static Reply json(int code, JsonNode body) {
        return new Reply(code, JSON, Json.bytes(body), List.of());
    }

    static Reply json(int code, JsonNode body, List<String> warnings) {
        return new Reply(code, JSON, Json.bytes(body), warnings);
    }

    static Reply text(int code, String text) {
        return new Reply(code, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8), List.of());
    }

    static Reply of(Refusal refusal) {
        return json(refusal.code(), refusal.status());
    }
}
