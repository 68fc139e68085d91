package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/// What goes back.
record Reply(int code, String contentType, Buffer body, List<String> warnings) {

    static final String JSON = "application/json";

    static Reply json(int code, JsonNode body) {
        return new Reply(code, JSON, Buffer.buffer(Json.bytes(body)), List.of());
    }

    static Reply json(int code, JsonNode body, List<String> warnings) {
        return new Reply(code, JSON, Buffer.buffer(Json.bytes(body)), warnings);
    }

    static Reply text(int code, String text) {
        return new Reply(code, "text/plain; charset=utf-8", Buffer.buffer(text), List.of());
    }

    static Reply of(Refusal refusal) {
        return json(refusal.code(), refusal.status());
    }
}
