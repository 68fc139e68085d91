package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Compares an object with its schema and tells everything that is wrong.
public final class Validation {

    private final List<Cause> causes = new ArrayList<>();

    private Validation() {}

    public static List<Cause> validate(ObjectNode object, Schema schema) {
        var validation = new Validation();
        validation.walk(object, schema, "");
        return validation.causes;
    }

    private void walk(JsonNode value, Schema schema, String path) {
        if (value.isNull()) {
            if (!schema.nullable() && !schema.type().isEmpty()) {
                causes.add(wrongType(value, schema.type(), path));
            }
            return;
        }
        if (!hasType(value, schema)) {
            causes.add(wrongType(value, schema.intOrString() ? "integer,string" : schema.type(), path));
            return;
        }
        checkEnum(value, schema, path);
        switch (value) {
            case ObjectNode object -> walkObject(object, schema, path);
            case JsonNode list when list.isArray() -> walkList(list, schema, path);
            default -> {
                List<Cause> found = ScalarChecks.check(value, schema, path);
                causes.addAll(found);
            }
        }
        checkCombinations(value, schema, path);
    }

    private void walkObject(ObjectNode object, Schema schema, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        for (String field : schema.required()) {
            if (!object.has(field)) {
                causes.add(Cause.required(prefix + field, ""));
            }
        }
        checkSize(object, object.size(), schema, "Properties", "properties", path);
        object.properties().forEach(field -> {
            if (schema.knows(field.getKey())) {
                walk(field.getValue(), schema.at(field.getKey()), prefix + field.getKey());
            }
        });
        if (schema.embeddedResource()) {
            for (String field : List.of("apiVersion", "kind")) {
                if (object.path(field).asText("").isEmpty()) {
                    causes.add(Cause.required(prefix + field, "must not be empty"));
                }
            }
        }
    }

    private void walkList(JsonNode list, Schema schema, String path) {
        checkSize(list, list.size(), schema, "Items", "items", path);
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            walk(element, schema.element(), path + "[" + i + "]");
            switch (schema.listKind()) {
                case ATOMIC -> {
                    if (schema.source().path("uniqueItems").asBoolean(false) && !seen.add(element)) {
                        causes.add(Cause.duplicate(path + "[" + i + "]", element));
                    }
                }
                case SET -> {
                    if (!seen.add(element)) {
                        causes.add(Cause.duplicate(path + "[" + i + "]", element));
                    }
                }
                case MAP -> {
                    ObjectNode key = keyOf(element, schema);
                    if (!seen.add(key)) {
                        causes.add(Cause.duplicate(path + "[" + i + "]", key));
                    }
                }
            }
        }
    }

    private static ObjectNode keyOf(JsonNode element, Schema list) {
        ObjectNode key = Json.object();
        for (String field : list.mapKeys()) {
            JsonNode value = element.get(field);
            if (value != null) {
                key.set(field, value);
            } else {
                list.element().at(field).defaultValue().ifPresent(fallback -> key.set(field, fallback));
            }
        }
        return key;
    }

    private void checkSize(JsonNode value, int size, Schema schema, String limit, String what, String path) {
        JsonNode least = schema.source().path("min" + limit);
        JsonNode most = schema.source().path("max" + limit);
        if (least.isNumber() && size < least.asInt()) {
            causes.add(Cause.invalid(path, value, path + " in body should have at least " + least + " " + what));
        }
        if (most.isNumber() && size > most.asInt()) {
            causes.add(new Cause("FieldValueTooMany", path,
                    "Too many: " + size + ": must have at most " + most + " " + what));
        }
    }

    private void checkEnum(JsonNode value, Schema schema, String path) {
        JsonNode allowed = schema.source().path("enum");
        if (allowed.isArray() && StreamSupport.stream(allowed.spliterator(), false).noneMatch(value::equals)) {
            Set<String> shown = new TreeSet<>();
            allowed.forEach(one -> shown.add(Json.text(one)));
            causes.add(Cause.unsupported(path, value, shown.stream().collect(Collectors.joining(", "))));
        }
    }

    private void checkCombinations(JsonNode value, Schema schema, String path) {
        if (schema.intOrString()) {
            // The anyOf of integer and string that comes with it is said already.
            return;
        }
        schema.source().path("allOf").forEach(sub -> walk(value, Schema.parse((ObjectNode) sub), path));
        JsonNode anyOf = schema.source().path("anyOf");
        if (anyOf.isArray() && matching(anyOf, value) == 0) {
            causes.add(Cause.invalid(path, value, path + " in body must validate at least one schema (anyOf)"));
        }
        JsonNode oneOf = schema.source().path("oneOf");
        if (oneOf.isArray() && matching(oneOf, value) != 1) {
            causes.add(Cause.invalid(path, value, path + " in body must validate one and only one schema (oneOf)"));
        }
        if (schema.source().path("not") instanceof ObjectNode not && holds(not, value)) {
            causes.add(Cause.invalid(path, value, path + " in body must not validate the schema (not)"));
        }
    }

    private static int matching(JsonNode schemas, JsonNode value) {
        int matching = 0;
        for (JsonNode schema : schemas) {
            matching += holds((ObjectNode) schema, value) ? 1 : 0;
        }
        return matching;
    }

    private static boolean holds(ObjectNode schema, JsonNode value) {
        var validation = new Validation();
        validation.walk(value, Schema.parse(schema), "");
        return validation.causes.isEmpty();
    }

    private static boolean hasType(JsonNode value, Schema schema) {
        if (schema.intOrString()) {
            return value.isTextual() || value.isIntegralNumber();
        }
        return switch (schema.type()) {
            case "" -> true;
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "number" -> value.isNumber();
            case "integer" -> value.isIntegralNumber()
                    || (value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0);
            default -> false;
        };
    }

    private static Cause wrongType(JsonNode value, String expected, String path) {
        return Cause.wrongType(path, value,
                path + " in body must be of type " + expected + ": \"" + Cause.typeOf(value) + "\"");
    }
}
