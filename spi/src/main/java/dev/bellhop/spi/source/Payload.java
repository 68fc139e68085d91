package dev.bellhop.spi.source;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// The content of an event: bytes of any kind, or what is known to be JSON. Neither may be changed afterwards.
public final class Payload {
    private final byte @Nullable [] bytes;
    private final @Nullable JsonNode json;

    private Payload(byte @Nullable [] bytes, @Nullable JsonNode json) {
        this.bytes = bytes;
        this.json = json;
    }

    /// Bytes as they came: `body` is their JSON if they are JSON, otherwise null; `raw` is their text.
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, null);
    }

    /// Something known to be JSON.
    public static Payload of(JsonNode json) {
        return new Payload(null, json);
    }

    /// The bytes, if it was made of bytes.
    public Optional<byte[]> bytes() {
        return Optional.ofNullable(bytes);
    }

    /// The JSON, if it was made of JSON.
    public Optional<JsonNode> json() {
        return Optional.ofNullable(json);
    }
}
