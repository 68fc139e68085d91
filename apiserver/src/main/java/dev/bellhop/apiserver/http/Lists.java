package dev.bellhop.apiserver.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.select.FieldSelector;
import dev.bellhop.apiserver.select.LabelSelector;
import dev.bellhop.apiserver.status.Refusal;
import dev.bellhop.apiserver.store.Store;
import dev.bellhop.apiserver.write.Target;
import dev.bellhop.apiserver.write.Versions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Lists objects, whole or in pages.
///
/// A page that goes on says where, and keeps the revision of the first: a watch from there sees all that changed while
/// the pages were read, so list and watch together miss nothing although later pages show later states.
final class Lists {

    private record Start(Store.Key after, String revision) {}

    private final Store store;

    Lists(Store store) {
        this.store = store;
    }

    JsonNode list(Call call, Target target) {
        ResourceType type = target.type();
        List<ObjectNode> objects = selected(call, target);
        Start start = start(call);
        List<ObjectNode> rest = objects;
        if (!start.after.name().isEmpty()) {
            rest = objects.stream().filter(object -> Store.Key.of(object).compareTo(start.after) > 0).toList();
        }
        int limit = limit(call);
        List<ObjectNode> page = limit > 0 && rest.size() > limit ? rest.subList(0, limit) : rest;
        ObjectNode metadata = Json.object().put("resourceVersion", start.revision);
        if (page.size() < rest.size()) {
            metadata.put("continue", token(Store.Key.of(page.getLast()), start.revision));
            if (call.parameter("labelSelector").isEmpty() && call.parameter("fieldSelector").isEmpty()) {
                metadata.put("remainingItemCount", rest.size() - page.size());
            }
        }
        return View.of(call).list(page, type, metadata, call.parameter("includeObject"));
    }

    List<ObjectNode> selected(Call call, Target target) {
        ResourceType type = target.type();
        LabelSelector labels = LabelSelector.parse(call.parameter("labelSelector"));
        FieldSelector fields = FieldSelector.parse(call.parameter("fieldSelector"), type);
        var selected = new ArrayList<ObjectNode>();
        for (ObjectNode object : store.list(type.storage(), target.namespace())) {
            if (labels.matches(object) && fields.matches(object)) {
                selected.add(Versions.shown(object, type));
            }
        }
        return selected;
    }

    private Start start(Call call) {
        String token = call.parameter("continue");
        if (token.isEmpty()) {
            return new Start(new Store.Key("", ""), Long.toString(store.revision()));
        }
        try {
            JsonNode start = Json.read(Base64.getUrlDecoder().decode(token));
            return new Start(new Store.Key(start.path("ns").asText(), start.path("name").asText()),
                    start.path("rv").asText());
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw Refusal.badRequest("continue key is not valid: " + e.getMessage());
        }
    }

    private static String token(Store.Key last, String revision) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.bytes(
                Json.object().put("rv", revision).put("ns", last.namespace()).put("name", last.name())));
    }

    private static int limit(Call call) {
        String limit = call.parameter("limit");
        if (limit.isEmpty()) {
            return 0;
        }
        if (!limit.matches("\\d{1,9}")) {
            throw Refusal.badRequest("limit '" + limit + "' is not a number");
        }
        return Integer.parseInt(limit);
    }
}
