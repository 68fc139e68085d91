package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Takes the fields out of an object that its schema does not name, and tells their paths.
public final class Pruning {

    private static final Set<String> ALWAYS = Set.of("apiVersion", "kind", "metadata");

    private final List<String> removed = new ArrayList<>();

    private Pruning() {}

    /// Prunes a whole object in place. Its metadata is nobody's business here.
    public static List<String> prune(ObjectNode object, Schema schema) {
        var pruning = new Pruning();
        pruning.walkObject(object, schema, "", true);
        return pruning.removed;
    }

    private void walk(JsonNode value, Schema schema, String path) {
        if (value instanceof ObjectNode object) {
            walkObject(object, schema, path + ".", schema.embeddedResource());
        } else if (value.isArray() && schema.items().isPresent()) {
            for (int i = 0; i < value.size(); i++) {
                walk(value.get(i), schema.element(), path + "[" + i + "]");
            }
        }
    }

    private void walkObject(ObjectNode object, Schema schema, String prefix, boolean resource) {
        var fields = object.properties().iterator();
        while (fields.hasNext()) {
            var field = fields.next();
            if (resource && ALWAYS.contains(field.getKey())) {
                continue;
            }
            if (schema.knows(field.getKey())) {
                walk(field.getValue(), schema.at(field.getKey()), prefix + field.getKey());
            } else if (!schema.preservesUnknown()) {
                removed.add(prefix + field.getKey());
                fields.remove();
            }
        }
    }
}
