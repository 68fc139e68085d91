package dev.bellhop.engine.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// The body of an event: the bytes exactly as they came, which signatures are computed over, and their meaning as JSON,
/// parsed once; null for what is not JSON. Numbers keep their exact value, however large. Neither array nor tree may be changed.
public final class Body {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final byte[] bytes;
    private final JsonNode json;
    private final boolean isJson;

    private Body(byte[] bytes, JsonNode json, boolean isJson) {
        this.bytes = bytes;
        this.json = json;
        this.isJson = isJson;
    }

    /// What became of the bytes of a request.
    public sealed interface Parsed {
        /// They are the body of an event.
        record Accepted(Body body) implements Parsed {}

        /// They are not what their sender declares; `why` is for the sender.
        record NotAccepted(String why) implements Parsed {}
    }

    /// Reads `bytes` as a JSON object or list, in UTF-8, at most 1,000 levels deep.
    public static Parsed parse(byte[] bytes) {
        if (!Utf8.isValid(bytes)) {
            return new Parsed.NotAccepted("the body is not JSON: it is not valid UTF-8");
        }
        try {
            var json = MAPPER.readTree(bytes);
            return switch (json.getNodeType()) {
                case OBJECT, ARRAY -> new Parsed.Accepted(new Body(bytes, json, true));
                case MISSING -> new Parsed.NotAccepted("the body is empty; a JSON object or list is expected");
                default -> new Parsed.NotAccepted(
                        "the body is JSON of type " + json.getNodeType() + "; a JSON object or list is expected");
            };
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var where = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
            return new Parsed.NotAccepted("the body is not JSON: " + e.getOriginalMessage() + where);
        } catch (IOException e) {
            // Thrown for bytes that look like UTF-16 or UTF-32 and are not: reading from memory has no other reason to fail.
            return new Parsed.NotAccepted("the body is not JSON: " + e.getMessage());
        }
    }

    /// Reads `bytes` as what their `Content-Type` declares: what is declared to be JSON must be, as for [#parse(byte[])], and
    /// so must what is not declared at all, unless it is empty. Anything else may be anything, JSON among it.
    public static Parsed parse(byte[] bytes, Optional<String> contentType) {
        var type = contentType.map(MediaType::of);
        if (type.isPresent() && !type.get().isJson() && !type.get().isEmpty()) {
            return new Parsed.Accepted(read(bytes));
        }
        boolean declared = type.isPresent() && type.get().isJson();
        return bytes.length == 0 && !declared ? new Parsed.Accepted(read(bytes)) : hinted(parse(bytes), declared);
    }

    private static Parsed hinted(Parsed parsed, boolean declared) {
        return parsed instanceof Parsed.NotAccepted(var why) && !declared
                ? new Parsed.NotAccepted(why + "; a body that is not JSON needs a Content-Type that says what it is")
                : parsed;
    }

    /// Reads bytes of any kind.
    public static Body read(byte[] bytes) {
        if (!Utf8.isValid(bytes)) {
            return notJson(bytes);
        }
        try {
            var json = MAPPER.readTree(bytes);
            return json.isMissingNode() ? notJson(bytes) : new Body(bytes, json, true);
        } catch (IOException e) {
            // It is something else, then.
            return notJson(bytes);
        }
    }

    private static Body notJson(byte[] bytes) {
        return new Body(bytes, NullNode.getInstance(), false);
    }

    /// The body of something Bellhop knows to be JSON.
    public static Body of(JsonNode json) {
        try {
            return new Body(MAPPER.writeValueAsBytes(json), json, true);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
    }

    /// The bytes as they came.
    public byte[] bytes() {
        return bytes;
    }

    /// Their meaning; null when they are not JSON.
    public JsonNode json() {
        return json;
    }

    /// Whether they are JSON; an empty body is not.
    public boolean isJson() {
        return isJson;
    }

    /// What they are instead of the JSON object that most of what is written about a `body` takes them for; empty when they
    /// are one.
    public Optional<String> otherThanObject() {
        if (json.isObject()) {
            return Optional.empty();
        }
        return Optional.of(isJson
                ? "the body of the event is JSON of type " + json.getNodeType() + " and no object"
                : bytes.length == 0 ? "the body of the event is empty" : "the body of the event is not JSON");
    }

    /// They as text; empty when they are not text in UTF-8.
    public Optional<String> text() {
        return isJson || Utf8.isValid(bytes)
                ? Optional.of(new String(bytes, StandardCharsets.UTF_8))
                : Optional.empty();
    }

    /// Their meaning; of what is not JSON the text, or the bytes where it is no text either.
    public JsonNode content() {
        return isJson || bytes.length == 0
                ? json
                : text().<JsonNode>map(TextNode::valueOf).orElseGet(() -> BinaryNode.valueOf(bytes));
    }

    @Override
    public String toString() {
        return "Body[" + bytes.length + " bytes]";
    }
}
