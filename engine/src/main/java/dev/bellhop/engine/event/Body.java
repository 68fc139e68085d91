package dev.bellhop.engine.event;

import java.io.IOException;
import java.io.UncheckedIOException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.NullNode;

/// The body of an event: the bytes exactly as they came, which signatures are computed over, and their meaning as JSON,
/// parsed once; null for what is not JSON. Numbers keep their exact value, however large. Neither array nor tree may be changed.
public final class Body {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;
    private final JsonNode json;

    private Body(byte[] bytes, JsonNode json) {
        this.bytes = bytes;
        this.json = json;
    }

    /// What became of the bytes of a request.
    public sealed interface Parsed {
        /// They are a JSON object.
        record Accepted(Body body) implements Parsed {}

        /// They are not; `why` is for the sender.
        record NotAnObject(String why) implements Parsed {}
    }

    /// Reads `bytes` as a JSON object, in UTF-8, at most 1,000 levels deep.
    public static Parsed parse(byte[] bytes) {
        if (!Utf8.isValid(bytes)) {
            return new Parsed.NotAnObject("the body is not JSON: it is not valid UTF-8");
        }
        try {
            var json = MAPPER.readTree(bytes);
            return switch (json.getNodeType()) {
                case OBJECT -> new Parsed.Accepted(new Body(bytes, json));
                case MISSING -> new Parsed.NotAnObject("the body is empty; a JSON object is expected");
                default -> new Parsed.NotAnObject(
                        "the body is JSON of type " + json.getNodeType() + "; a JSON object is expected");
            };
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return new Parsed.NotAnObject("the body is not JSON: " + e.getOriginalMessage() + where);
        } catch (IOException e) {
            // Thrown for bytes that look like UTF-16 or UTF-32 and are not: reading from memory has no other reason to fail.
            return new Parsed.NotAnObject("the body is not JSON: " + e.getMessage());
        }
    }

    /// Reads bytes of any kind.
    public static Body read(byte[] bytes) {
        if (!Utf8.isValid(bytes)) {
            return new Body(bytes, NullNode.getInstance());
        }
        try {
            var json = MAPPER.readTree(bytes);
            return new Body(bytes, json.isMissingNode() ? NullNode.getInstance() : json);
        } catch (IOException e) {
            // It is something else, then.
            return new Body(bytes, NullNode.getInstance());
        }
    }

    /// The body of something Bellhop knows to be JSON.
    public static Body of(JsonNode json) {
        try {
            return new Body(MAPPER.writeValueAsBytes(json), json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /// The bytes as they came.
    public byte[] bytes() {
        return bytes;
    }

    /// Their meaning.
    public JsonNode json() {
        return json;
    }

    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
