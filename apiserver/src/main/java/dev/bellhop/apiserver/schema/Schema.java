package dev.bellhop.apiserver.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.object.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// One node of a structural schema, read once and asked often.
///
/// @param source the schema as it was written, for OpenAPI and for the rarer constraints
/// @param type the JSON type, or the empty string where anything goes
/// @param preservesUnknown whether fields that the schema does not name are kept
/// @param mapKeys of a list whose elements are told apart by some of their fields
public record Schema(ObjectNode source, String type, Map<String, Schema> properties, Optional<Schema> additional,
        Optional<Schema> items, List<String> required, Optional<JsonNode> defaultValue, Optional<Pattern> pattern,
        boolean nullable, boolean intOrString, boolean preservesUnknown, boolean embeddedResource, ListKind listKind,
        List<String> mapKeys, boolean atomicMap) {

    /// How two versions of a list become one.
    public enum ListKind {
        ATOMIC, SET, MAP
    }

    /// Anything, kept as it is.
    public static final Schema ANYTHING = parse(
            Json.object().put("type", "object").put("x-kubernetes-preserve-unknown-fields", true));

    /// A value without a schema: whole, and of any type.
    public static final Schema UNKNOWN = parse(Json.object().put("x-kubernetes-preserve-unknown-fields", true));

    /// The metadata of every object. Its own fields are the server's business and are not pruned.
    private static final Schema METADATA = parse(Json.literal("""
            {"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{
              "name":{"type":"string"},"generateName":{"type":"string"},"namespace":{"type":"string"},
              "labels":{"type":"object","nullable":true,"additionalProperties":{"type":"string"}},
              "annotations":{"type":"object","nullable":true,"additionalProperties":{"type":"string"}},
              "finalizers":{"type":"array","nullable":true,"items":{"type":"string"},"x-kubernetes-list-type":"set"},
              "ownerReferences":{"type":"array","nullable":true,"x-kubernetes-list-type":"map",
                "x-kubernetes-list-map-keys":["uid"],"items":{"type":"object",
                "x-kubernetes-preserve-unknown-fields":true,"required":["apiVersion","kind","name","uid"]}},
              "managedFields":{"type":"array","nullable":true,
                "items":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}"""));

    public Schema {
        properties = Map.copyOf(properties);
        required = List.copyOf(required);
        mapKeys = List.copyOf(mapKeys);
    }

    public static Schema parse(ObjectNode source) {
        return parse(source, reference -> {
            throw new IllegalArgumentException("A structural schema has no $ref, but there is " + reference);
        });
    }

    /// Reads a schema whose references are looked up elsewhere.
    public static Schema parse(ObjectNode source, Function<String, Schema> references) {
        if (source.has("$ref")) {
            return references.apply(source.get("$ref").asText());
        }
        var properties = new LinkedHashMap<String, Schema>();
        source.path("properties").properties().forEach(
                property -> properties.put(property.getKey(), parse((ObjectNode) property.getValue(), references)));
        JsonNode additional = source.path("additionalProperties");
        return new Schema(source, source.path("type").asText(""), properties,
                additional instanceof ObjectNode schema
                        ? Optional.of(parse(schema, references))
                        : additional.asBoolean(false) ? Optional.of(UNKNOWN) : Optional.empty(),
                source.path("items") instanceof ObjectNode schema
                        ? Optional.of(parse(schema, references))
                        : Optional.empty(),
                texts(source.path("required")), Optional.ofNullable(source.get("default")),
                source.has("pattern") ? Optional.of(Pattern.compile(source.get("pattern").asText())) : Optional.empty(),
                source.path("nullable").asBoolean(false), source.path("x-kubernetes-int-or-string").asBoolean(false),
                source.path("x-kubernetes-preserve-unknown-fields").asBoolean(false),
                source.path("x-kubernetes-embedded-resource").asBoolean(false),
                switch (source.path("x-kubernetes-list-type").asText("")) {
                    case "map" -> ListKind.MAP;
                    case "set" -> ListKind.SET;
                    default -> ListKind.ATOMIC;
                }, texts(source.path("x-kubernetes-list-map-keys")),
                "atomic".equals(source.path("x-kubernetes-map-type").asText("")));
    }

    /// As the schema of a whole object, whose metadata is that of all objects.
    public Schema ofObject() {
        var all = new LinkedHashMap<>(properties);
        all.put("metadata", METADATA);
        return new Schema(source, type, all, additional, items, required, defaultValue, pattern, nullable, intOrString,
                preservesUnknown, embeddedResource, listKind, mapKeys, atomicMap);
    }

    /// The schema of a field; of one that it does not name, what the additional properties say.
    public Schema at(String field) {
        Schema named = properties.get(field);
        return named != null ? named : additional.orElse(UNKNOWN);
    }

    /// Whether it says anything about a field.
    public boolean knows(String field) {
        return properties.containsKey(field) || additional.isPresent();
    }

    /// The schema of the elements of a list.
    public Schema element() {
        return items.orElse(UNKNOWN);
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
