package dev.bellhop.apiserver.protobuf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/// An object in Kubernetes' protobuf: four letters, an envelope with its API version and kind, and the message inside.
public final class ProtobufObject {

    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final String ENVELOPE = "Unknown";

    private ProtobufObject() {}

    /// The object as JSON. Refuses what it cannot read whole.
    public static ObjectNode read(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw Refusal.badRequest("the body says it is " + MEDIA_TYPE + " but does not begin with 'k8s\\0'");
        }
        ObjectNode envelope = message(ENVELOPE, new WireReader(body, MAGIC.length, body.length));
        String kind = envelope.path("typeMeta").path("kind").asText();
        byte[] raw = Base64.getDecoder().decode(envelope.path("raw").asText());
        ObjectNode object = message(kind, new WireReader(raw, 0, raw.length));
        object.put("apiVersion", envelope.path("typeMeta").path("apiVersion").asText()).put("kind", kind);
        return object;
    }

    private static ObjectNode message(String type, WireReader in) {
        ObjectNode object = Json.object();
        while (in.hasMore()) {
            int tag = in.varint32();
            MessageTypes.Field field = MessageTypes.field(type, tag >>> 3);
            if ((tag & 7) == 0) {
                number(object, field, in.varint());
            } else if ((tag & 7) == 2) {
                put(object, field, in.slice());
            } else {
                throw Refusal.badRequest("protobuf wire type " + (tag & 7) + " in " + type + " is none of Kubernetes'");
            }
        }
        return object;
    }

    private static void number(ObjectNode object, MessageTypes.Field field, long value) {
        boolean optional = field.type().endsWith("?");
        if (field.type().startsWith("bool")) {
            if (value != 0 || optional) {
                object.put(field.name(), value != 0);
            }
        } else if (value != 0 || optional) {
            object.put(field.name(), value);
        }
    }

    /// Fields without a value are on the wire too, as empty texts and messages; in JSON they are absent.
    private static void put(ObjectNode object, MessageTypes.Field field, WireReader content) {
        if (field.type().startsWith("map")) {
            entry(field.type(), content, object.withObjectProperty(field.name()));
            return;
        }
        if (field.inline()) {
            object.setAll(message(field.type(), content));
            return;
        }
        JsonNode value = value(field.type(), content);
        if (field.repeated()) {
            object.withArrayProperty(field.name()).add(value);
        } else if (!value.isNull() && !(value.isTextual() && value.asText().isEmpty())
                && !(value.isObject() && value.isEmpty())) {
            object.set(field.name(), value);
        }
    }

    private static JsonNode value(String type, WireReader content) {
        return switch (type) {
            case "string" -> Json.object().textNode(content.text());
            case "bytes" -> Json.object().textNode(Base64.getEncoder().encodeToString(content.rest()));
            case "Time" -> time(content);
            case "IntOrString" -> intOrString(content);
            case "Quantity" -> message("Quantity", content).path("string");
            default -> message(type, content);
        };
    }

    private static void entry(String type, WireReader in, ObjectNode map) {
        String key = "";
        JsonNode value = Json.object().textNode("");
        while (in.hasMore()) {
            int number = in.varint32() >>> 3;
            WireReader content = in.slice();
            if (number == 1) {
                key = content.text();
            } else {
                value = value(type.equals("map") ? "string" : type.substring("map:".length()), content);
            }
        }
        map.set(key, value);
    }

    private static JsonNode time(WireReader content) {
        ObjectNode time = message("Time", content);
        return time.has("seconds")
                ? time.textNode(Instant.ofEpochSecond(time.path("seconds").asLong()).toString())
                : time.nullNode();
    }

    private static JsonNode intOrString(WireReader content) {
        ObjectNode either = message("IntOrString", content);
        return either.path("type").asInt(0) == 0
                ? either.numberNode(either.path("intVal").asInt(0))
                : either.textNode(either.path("strVal").asText());
    }

    /// The UTF-8 text of a whole slice.
    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
