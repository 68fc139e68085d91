package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.table.Tables;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How objects are shown, by the first thing in the Accept header that we can do.
enum View {
    WHOLE, TABLE, METADATA;

    private static final List<String> OFFERED = List.of("application/json");

    static View of(Call call) {
        String accept = call.header("accept").orElse("");
        if (accept.isBlank()) {
            return WHOLE;
        }
        for (String range : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = range.strip().split("\\s*;\\s*");
            if (!List.of("application/json", "application/*", "*/*").contains(parts[0])) {
                continue;
            }
            List<String> parameters = List.of(parts).subList(1, parts.length);
            if (parameters.contains("as=table")) {
                return TABLE;
            }
            if (parameters.contains("as=partialobjectmetadata")
                    || parameters.contains("as=partialobjectmetadatalist")) {
                return METADATA;
            }
            if (parameters.stream().noneMatch(parameter -> parameter.startsWith("as="))) {
                return WHOLE;
            }
        }
        throw Refusal.notAcceptable(OFFERED);
    }

    JsonNode one(ObjectNode object, ResourceType type, String includeObject) {
        return switch (this) {
            case WHOLE -> object;
            case TABLE -> Tables.of(type, List.of(object), includeObject);
            case METADATA -> metadata(object);
        };
    }

    /// @param listMetadata the metadata of the list itself
    JsonNode list(Collection<ObjectNode> objects, ResourceType type, ObjectNode listMetadata, String includeObject) {
        if (this == TABLE) {
            ObjectNode table = Tables.of(type, objects, includeObject);
            table.set("metadata", listMetadata);
            return table;
        }
        ObjectNode list = Json.object();
        if (this == METADATA) {
            list.put("kind", "PartialObjectMetadataList").put("apiVersion", "meta.k8s.io/v1");
        } else {
            list.put("kind", type.kind() + "List").put("apiVersion", type.apiVersion());
        }
        list.set("metadata", listMetadata);
        ArrayNode items = list.putArray("items");
        objects.forEach(object -> items.add(this == METADATA ? metadata(object) : object));
        return list;
    }

    private static ObjectNode metadata(ObjectNode object) {
        ObjectNode partial = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        partial.set("metadata", object.path("metadata"));
        return partial;
    }
}
