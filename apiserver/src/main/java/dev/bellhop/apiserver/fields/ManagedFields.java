package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.object.Meta;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The managed fields of an object: a set of fields per manager.
record ManagedFields(Map<Manager, Entry> entries) {

    /// Who writes, and how.
    record Manager(String name, String operation, String apiVersion, String subresource) {
        static final String APPLY = "Apply";
        static final String UPDATE = "Update";

        boolean applies() {
            return APPLY.equals(operation);
        }
    }

    record Entry(FieldSet fields, String time) {}

    static ManagedFields of(JsonNode object) {
        var entries = new LinkedHashMap<Manager, Entry>();
        object.path("metadata").path("managedFields").forEach(entry -> entries.merge(
                new Manager(entry.path("manager").asText(), entry.path("operation").asText(),
                        entry.path("apiVersion").asText(), entry.path("subresource").asText("")),
                new Entry(FieldSet.parse(entry.path("fieldsV1")), entry.path("time").asText(Meta.now())),
                (a, b) -> new Entry(a.fields.union(b.fields), b.time)));
        return new ManagedFields(entries);
    }

    FieldSet of(Manager manager) {
        return Optional.ofNullable(entries.get(manager)).map(Entry::fields).orElse(FieldSet.EMPTY);
    }

    /// All fields that somebody else owns.
    FieldSet ofOthers(Manager manager) {
        return entries.entrySet().stream().filter(entry -> !entry.getKey().equals(manager))
                .map(entry -> entry.getValue().fields).reduce(FieldSet.EMPTY, FieldSet::union);
    }

    /// With the set of one manager replaced; its time moves only when the set does.
    ManagedFields with(Manager manager, FieldSet fields) {
        var next = new LinkedHashMap<>(entries);
        if (fields.isEmpty()) {
            next.remove(manager);
        } else if (!of(manager).equals(fields)) {
            next.put(manager, new Entry(fields, Meta.now()));
        }
        return new ManagedFields(next);
    }

    /// With the sets of all managers but one changed in the same way.
    ManagedFields forOthers(Manager manager, UnaryOperator<FieldSet> change) {
        var next = new LinkedHashMap<Manager, Entry>();
        entries.forEach((other, entry) -> {
            FieldSet fields = other.equals(manager) ? entry.fields : change.apply(entry.fields);
            if (!fields.isEmpty()) {
                next.put(other, new Entry(fields, entry.time));
            }
        });
        return new ManagedFields(next);
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata = Meta.in(object);
        metadata.remove("managedFields");
        if (entries.isEmpty()) {
            return;
        }
        ArrayNode list = metadata.putArray("managedFields");
        entries.forEach((manager, entry) -> {
            ObjectNode json = list.addObject().put("manager", manager.name).put("operation", manager.operation)
                    .put("apiVersion", manager.apiVersion).put("time", entry.time).put("fieldsType", "FieldsV1");
            json.set("fieldsV1", entry.fields.toJson());
            if (!manager.subresource.isEmpty()) {
                json.put("subresource", manager.subresource);
            }
        });
    }

    /// Whether two objects are the same but for the times of their managers.
    static boolean sameButForTimes(ObjectNode a, ObjectNode b) {
        return withoutTimes(a).equals(withoutTimes(b));
    }

    private static JsonNode withoutTimes(ObjectNode object) {
        JsonNode managers = object.path("metadata").path("managedFields");
        if (managers.isEmpty()) {
            return object;
        }
        ObjectNode copy = Json.object().setAll(object);
        ObjectNode metadata = Json.object().setAll((ObjectNode) object.path("metadata"));
        ArrayNode timeless = managers.deepCopy();
        timeless.forEach(manager -> ((ObjectNode) manager).remove("time"));
        metadata.set("managedFields", timeless);
        copy.set("metadata", metadata);
        return copy;
    }
}
