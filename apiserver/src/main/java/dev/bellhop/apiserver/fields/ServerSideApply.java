package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.fields.ManagedFields.Manager;
import dev.bellhop.apiserver.kind.ResourceType;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.schema.Schema;
import dev.bellhop.apiserver.schema.Cause;
import dev.bellhop.apiserver.status.Refusal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Server-side apply: what a manager says is merged into the object, what it said before and says no more goes unless
/// somebody else wants it, and what another manager says differently is a conflict.
public final class ServerSideApply {

    private final ResourceType type;
    private final Manager manager;

    public ServerSideApply(ResourceType type, String manager, String subresource) {
        this.type = type;
        this.manager = new Manager(manager, Manager.APPLY, type.apiVersion(), subresource);
    }

    /// The object after the apply, with its managed fields; both arguments stay as they are.
    ///
    /// @param live the object as it is, or an empty one when there is none
    /// @param force whether to take over what others own
    public ObjectNode apply(ObjectNode live, ObjectNode applied, boolean force) {
        Schema schema = type.schema();
        ManagedFields books = ManagedFields.of(live);
        FieldSet said = FieldSet.of(applied, schema).without(Ownership.NOBODYS);
        JsonNode merged = merge(live, applied, schema);
        Difference difference = Difference.between(live, merged, schema).without(Ownership.NOBODYS);
        if (!force) {
            requireNoConflict(books, difference.modified());
        }
        FieldSet taken = difference.modified();
        ManagedFields others = books.forOthers(manager, fields -> fields.minus(taken));
        FieldSet keep = said.union(others.ofOthers(manager));
        FieldSet dropped = books.of(manager).minus(said);
        ObjectNode result = (ObjectNode) drop(merged, dropped, keep, schema);
        others.with(manager, said).writeTo(result);
        return result;
    }

    private void requireNoConflict(ManagedFields books, FieldSet modified) {
        var conflicts = new LinkedHashMap<Manager, List<String>>();
        books.entries().forEach((other, entry) -> {
            FieldSet contested = other.equals(manager) ? FieldSet.EMPTY : entry.fields().intersect(modified);
            if (!contested.isEmpty()) {
                conflicts.put(other, contested.paths());
            }
        });
        if (conflicts.isEmpty()) {
            return;
        }
        var causes = new ArrayList<Cause>();
        conflicts.forEach((other, paths) -> paths.forEach(
                path -> causes.add(new Cause("FieldManagerConflict", path, "conflict with " + shown(other, books)))));
        throw Refusal.applyConflict(message(conflicts, books, causes.size()), causes);
    }

    private static String message(Map<Manager, List<String>> conflicts, ManagedFields books, int count) {
        if (count == 1) {
            var only = conflicts.entrySet().iterator().next();
            return "Apply failed with 1 conflict: conflict with " + shown(only.getKey(), books) + ": "
                    + only.getValue().getFirst();
        }
        var message = new StringBuilder("Apply failed with " + count + " conflicts: ");
        conflicts.forEach((other, paths) -> {
            message.append("conflicts with ").append(shown(other, books)).append(":\n");
            paths.forEach(path -> message.append("- ").append(path).append('\n'));
        });
        return message.toString().strip();
    }

    private static String shown(Manager other, ManagedFields books) {
        String shown = "\"" + other.name() + "\"";
        if (!other.subresource().isEmpty()) {
            shown += " with subresource \"" + other.subresource() + "\"";
        }
        if (other.applies()) {
            return shown;
        }
        ManagedFields.Entry entry = books.entries().get(other);
        return shown + " using " + other.apiVersion() + (entry == null ? "" : " at " + entry.time());
    }

    private static JsonNode merge(JsonNode live, JsonNode applied, Schema schema) {
        if (live.getNodeType() != applied.getNodeType() || !Steps.isGranular(applied, schema)) {
            return applied.deepCopy();
        }
        if (live instanceof ObjectNode object) {
            ObjectNode merged = Json.object().setAll(object);
            applied.properties().forEach(field -> {
                JsonNode old = object.get(field.getKey());
                merged.set(field.getKey(), old == null
                        ? field.getValue().deepCopy()
                        : merge(old, field.getValue(), schema.at(field.getKey())));
            });
            return merged;
        }
        var elements = new LinkedHashMap<String, JsonNode>();
        live.forEach(element -> elements.put(Steps.toElement(element, schema), element));
        applied.forEach(element -> elements.merge(Steps.toElement(element, schema), element.deepCopy(),
                (old, next) -> merge(old, next, schema.element())));
        return Json.array().addAll(elements.values());
    }

    /// Takes out what the manager no longer says and nobody else keeps.
    private static JsonNode drop(JsonNode value, FieldSet dropped, FieldSet keep, Schema schema) {
        if (dropped.isEmpty() || !Steps.isGranular(value, schema)) {
            return value;
        }
        ObjectNode fields = Json.object();
        ArrayNode elements = Json.array();
        Steps.into(value, schema, (step, child, sub) -> {
            FieldSet gone = dropped.at(step);
            FieldSet kept = keep.at(step);
            JsonNode rest = gone.isEmpty() || (gone.member() && kept.isEmpty() && gone.children().isEmpty())
                    ? child
                    : drop(child, gone, kept, sub);
            boolean goes = kept.isEmpty() && !gone.isEmpty()
                    && (gone.member() || (rest.isContainerNode() && rest.isEmpty()));
            if (!goes) {
                elements.add(rest);
                if (step.startsWith("f:")) {
                    fields.set(step.substring(2), rest);
                }
            }
        });
        return value.isObject() ? fields : elements;
    }

    /// What an apply must say of itself before anything is merged.
    public static void requireApplicable(ObjectNode applied) {
        if (applied.path("metadata").has("managedFields")
                && !applied.path("metadata").path("managedFields").isEmpty()) {
            throw Refusal.badRequest("metadata.managedFields must be nil");
        }
        if (!Meta.resourceVersion(applied).isEmpty() && Meta.uid(applied).isEmpty()
                && !Meta.resourceVersion(applied).matches("\\d+")) {
            throw Refusal.badRequest("metadata.resourceVersion must be a number");
        }
    }
}
