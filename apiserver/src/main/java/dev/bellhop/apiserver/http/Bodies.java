package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.patch.Patch;
import dev.bellhop.apiserver.protobuf.ProtobufObject;
import dev.bellhop.apiserver.status.Refusal;
import java.util.List;

/// Reads request bodies in the languages that we speak.
final class Bodies {

    private static final List<String> OBJECTS = List.of("application/json", "application/yaml",
            ProtobufObject.MEDIA_TYPE);
    private static final List<String> PATCHES = List.of("application/json-patch+json", "application/merge-patch+json",
            "application/strategic-merge-patch+json", "application/apply-patch+yaml");

    private Bodies() {}

    static ObjectNode object(Call call) {
        JsonNode body = switch (call.contentType()) {
            case "application/json", "", "*/*" -> json(call.body().getBytes());
            case "application/yaml" -> yaml(call.body().getBytes());
            case ProtobufObject.MEDIA_TYPE -> ProtobufObject.read(call.body().getBytes());
            default -> throw Refusal.unsupportedMediaType(OBJECTS);
        };
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("the body is not an object but " + body.getNodeType());
    }

    /// Of a DELETE, which need not have one.
    static ObjectNode objectOrEmpty(Call call) {
        return call.body().length() == 0 ? Json.object() : object(call);
    }

    static Patch patch(Call call, boolean custom) {
        return switch (call.contentType()) {
            case "application/json-patch+json" -> {
                if (json(call.body().getBytes()) instanceof ArrayNode operations) {
                    yield new Patch.Json(operations);
                }
                throw Refusal.badRequest("a JSON patch is an array of operations");
            }
            case "application/merge-patch+json" -> new Patch.Merge(fields(json(call.body().getBytes())));
            case "application/apply-patch+yaml", "application/apply-patch+json" ->
                new Patch.Apply(fields(yaml(call.body().getBytes())), call.flag("force"));
            case "application/strategic-merge-patch+json" -> {
                if (custom) {
                    throw Refusal.unsupportedMediaType(
                            PATCHES.stream().filter(type -> !type.contains("strategic")).toList());
                }
                yield new Patch.Strategic(fields(json(call.body().getBytes())));
            }
            default -> throw Refusal.unsupportedMediaType(PATCHES);
        };
    }

    private static ObjectNode fields(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.badRequest("a patch of this type is an object, not " + body.getNodeType());
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.read(body);
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode yaml(byte[] body) {
        try {
            // JSON is the commoner YAML, and reading it as such is ten times faster.
            return body.length > 0 && body[0] == '{' ? Json.read(body) : Json.readYaml(body);
        } catch (JsonProcessingException e) {
            throw Refusal.badRequest("the body is not YAML: " + e.getOriginalMessage());
        }
    }
}
