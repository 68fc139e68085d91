package dev.bellhop.apiserver.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.select.FieldSelector;
import dev.bellhop.apiserver.select.LabelSelector;
import dev.bellhop.apiserver.kind.ResourceType;
import java.util.function.Function;

/// What a client wants to see of which objects.
///
/// @param resourceVersion where to begin; empty or 0 for the objects that are there, then the changes
/// @param view how an object is shown: whole, as a table, its metadata alone
public record WatchRequest(ResourceType type, String namespace, LabelSelector labels, FieldSelector fields,
        String resourceVersion, boolean bookmarks, Function<ObjectNode, JsonNode> view) {

    boolean concerns(ObjectNode object) {
        return (namespace.isEmpty() || namespace.equals(Meta.namespace(object))) && labels.matches(object)
                && fields.matches(object);
    }
}
