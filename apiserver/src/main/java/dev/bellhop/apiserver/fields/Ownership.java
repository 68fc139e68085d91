package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import java.util.List;
import java.util.stream.Stream;

/// Keeps the managed fields of objects up to date when they are created, updated or patched.
public final class Ownership {

    /// What nobody owns, because the server sets it or it never changes.
    static final List<List<String>> NOBODYS = Stream.concat(Stream.of(List.of("f:apiVersion"), List.of("f:kind")),
            Stream.of("name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink",
                    "managedFields", "deletionTimestamp", "deletionGracePeriodSeconds", "generateName")
                    .map(field -> List.of("f:metadata", "f:" + field)))
            .toList();

    private Ownership() {}

    /// Whether a write changed nothing that matters, so that it need not be stored.
    public static boolean unchanged(ObjectNode before, ObjectNode after) {
        return ManagedFields.sameButForTimes(before, after);
    }

    /// Books a write: what changed is the writer's now and nobody else's. An empty list of managed fields in the new
    /// object asks to forget all books.
    public static void record(ObjectNode before, ObjectNode after, ResourceType type, String manager,
            String subresource) {
        JsonNode asked = after.path("metadata").path("managedFields");
        if (asked.isArray() && (asked.isEmpty() || (asked.size() == 1 && asked.get(0).isEmpty()))) {
            Meta.in(after).remove("managedFields");
            return;
        }
        var writer = new ManagedFields.Manager(manager, ManagedFields.Manager.UPDATE, type.apiVersion(), subresource);
        Difference difference = Difference.between(before, after, type.schema()).without(NOBODYS);
        FieldSet gone = difference.modified().union(difference.removed());
        ManagedFields books = ManagedFields.of(before);
        FieldSet own = books.of(writer).minus(difference.removed()).union(difference.changed());
        books.forOthers(writer, fields -> fields.minus(gone)).with(writer, notJustContainers(own)).writeTo(after);
    }

    /// Books a creation.
    public static void recordNew(ObjectNode object, ResourceType type, String manager) {
        Meta.in(object).remove("managedFields");
        record(Json.object(), object, type, manager, "");
    }

    /// The containers of every object are not owned.
    private static FieldSet notJustContainers(FieldSet fields) {
        FieldSet metadata = fields.at("f:metadata");
        if (!metadata.member()) {
            return fields;
        }
        var children = new java.util.TreeMap<>(fields.children());
        children.remove("f:metadata");
        if (!metadata.children().isEmpty()) {
            children.put("f:metadata", new FieldSet(false, metadata.children()));
        }
        return new FieldSet(false, children);
    }
}
