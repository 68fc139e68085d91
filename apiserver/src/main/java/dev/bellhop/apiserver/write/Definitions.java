package dev.bellhop.apiserver.write;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.kind.CustomKinds;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.schema.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;

/// What the server fills in and insists on for CustomResourceDefinitions. They are established at once: the conditions
/// say so in the same write, where a real server needs a moment.
final class Definitions {

    private Definitions() {}

    static void complete(ObjectNode definition, Optional<ObjectNode> old) {
        ObjectNode spec = Admission.orPut(definition, "spec");
        ObjectNode names = Admission.orPut(spec, "names");
        String kind = names.path("kind").asText("");
        if (names.path("singular").asText("").isEmpty()) {
            names.put("singular", kind.toLowerCase(Locale.ROOT));
        }
        if (names.path("listKind").asText("").isEmpty()) {
            names.put("listKind", kind + "List");
        }
        if (!spec.has("conversion")) {
            spec.putObject("conversion").put("strategy", "None");
        }
        ObjectNode status = Admission.orPut(definition, "status");
        status.set("acceptedNames", names.deepCopy());
        status.set("storedVersions", storedVersions(spec, old));
        if (status.path("conditions").isEmpty()) {
            ArrayNode conditions = status.putArray("conditions");
            conditions.addObject().put("type", "NamesAccepted").put("status", "True").put("reason", "NoConflicts")
                    .put("message", "no conflicts found").put("lastTransitionTime", Meta.now());
            conditions.addObject().put("type", "Established").put("status", "True")
                    .put("reason", "InitialNamesAccepted")
                    .put("message", "the initial names have been accepted").put("lastTransitionTime", Meta.now());
        }
    }

    static List<Cause> check(ObjectNode definition, Optional<ObjectNode> old) {
        var causes = new ArrayList<Cause>();
        JsonNode spec = definition.path("spec");
        String expected = spec.path("names").path("plural").asText() + "." + spec.path("group").asText();
        if (!Meta.name(definition).equals(expected)) {
            causes.add(Cause.invalid("metadata.name", definition.path("metadata").path("name"),
                    "must be spec.names.plural+\".\"+spec.group"));
        }
        String scope = spec.path("scope").asText("");
        if (!"Namespaced".equals(scope) && !"Cluster".equals(scope)) {
            causes.add(Cause.unsupported("spec.scope", spec.path("scope"), "\"Cluster\", \"Namespaced\""));
        }
        int storage = 0;
        for (int i = 0; i < spec.path("versions").size(); i++) {
            JsonNode version = spec.path("versions").get(i);
            storage += version.path("storage").asBoolean(false) ? 1 : 0;
            String path = "spec.versions[" + i + "].schema.openAPIV3Schema";
            JsonNode schema = version.path("schema").path("openAPIV3Schema");
            if (!schema.isObject()) {
                causes.add(Cause.required(path, "schemas are required"));
            } else {
                checkStructural(schema, path, causes);
            }
        }
        if (storage != 1) {
            causes.add(Cause.invalid("spec.versions", spec.path("versions"),
                    "must have exactly one version marked as storage version"));
        }
        old.flatMap(before -> Admission.immutable("spec.scope", before, definition)).ifPresent(causes::add);
        if (causes.isEmpty()) {
            checkReadable(definition, causes);
        }
        return causes;
    }

    private static ArrayNode storedVersions(ObjectNode spec, Optional<ObjectNode> old) {
        var stored = new java.util.TreeSet<String>();
        old.ifPresent(before -> before.path("status").path("storedVersions")
                .forEach(version -> stored.add(version.asText())));
        for (JsonNode version : spec.path("versions")) {
            if (version.path("storage").asBoolean(false)) {
                stored.add(version.path("name").asText());
            }
        }
        ArrayNode list = spec.arrayNode();
        stored.forEach(list::add);
        return list;
    }

    private static void checkStructural(JsonNode schema, String path, List<Cause> causes) {
        boolean typed = schema.has("type") || schema.path("x-kubernetes-int-or-string").asBoolean(false)
                || schema.path("x-kubernetes-preserve-unknown-fields").asBoolean(false);
        if (!typed) {
            causes.add(Cause.required(path + ".type", "must not be empty for specified object fields"));
        }
        schema.path("properties").properties().forEach(
                property -> checkStructural(property.getValue(), path + ".properties[" + property.getKey() + "]",
                        causes));
        if (schema.path("items").isObject()) {
            checkStructural(schema.path("items"), path + ".items", causes);
        } else if ("array".equals(schema.path("type").asText())) {
            causes.add(Cause.required(path + ".items", "must be specified"));
        }
        if (schema.path("additionalProperties").isObject()) {
            checkStructural(schema.path("additionalProperties"), path + ".additionalProperties", causes);
        }
        if ("map".equals(schema.path("x-kubernetes-list-type").asText())
                && schema.path("x-kubernetes-list-map-keys").isEmpty()) {
            causes.add(Cause.required(path + ".x-kubernetes-list-map-keys",
                    "must not be empty if x-kubernetes-list-type is map"));
        }
    }

    private static void checkReadable(ObjectNode definition, List<Cause> causes) {
        try {
            CustomKinds.of(definition);
        } catch (PatternSyntaxException e) {
            causes.add(Cause.invalid("spec.versions", definition.path("spec").path("group"),
                    "pattern '" + e.getPattern() + "' does not compile: " + e.getDescription()));
        }
    }
}
