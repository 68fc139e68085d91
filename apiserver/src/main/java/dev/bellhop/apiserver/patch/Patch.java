package dev.bellhop.apiserver.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.schema.Schema;
import dev.bellhop.apiserver.status.Refusal;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/// A change to an object, in one of the languages that a PATCH request can speak.
public sealed interface Patch {

    /// RFC 6902: a list of operations.
    record Json(ArrayNode operations) implements Patch {}

    /// RFC 7386: an object with the fields to change, null for those to remove.
    record Merge(ObjectNode fields) implements Patch {}

    /// Kubernetes' own: as merge, but lists merge by the keys that the schema names.
    record Strategic(ObjectNode fields) implements Patch {}

    /// Server-side apply, which is merged elsewhere because it needs to know who owns what.
    record Apply(ObjectNode configuration, boolean force) implements Patch {}

    /// The object after a patch other than apply; the given one stays as it is.
    static ObjectNode patched(ObjectNode object, Patch patch, Schema schema) {
        JsonNode patched = switch (patch) {
            case Json(var operations) -> operate(object, operations);
            case Merge(var fields) -> MergePatch.merge(object, fields);
            case Strategic(var fields) -> StrategicMergePatch.merge(object, fields, schema);
            case Apply _ -> throw new IllegalArgumentException("Server-side apply needs the managed fields");
        };
        if (patched instanceof ObjectNode result) {
            return result;
        }
        throw Refusal.badRequest("the patch makes the object a " + patched.getNodeType());
    }

    private static JsonNode operate(ObjectNode object, ArrayNode operations) {
        try {
            return JsonPatch.apply(operations, object.deepCopy());
        } catch (JsonPatchException e) {
            throw Refusal.unprocessable("the server rejected our request due to an error in our request: "
                    + e.getMessage());
        }
    }
}
