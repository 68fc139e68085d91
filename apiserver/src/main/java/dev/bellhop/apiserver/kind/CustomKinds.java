package dev.bellhop.apiserver.kind;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.apiserver.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads the kinds that a CustomResourceDefinition defines, one per served version.
public final class CustomKinds {

    private CustomKinds() {}

    public static List<ResourceType> of(ObjectNode definition) {
        JsonNode spec = definition.path("spec");
        JsonNode names = spec.path("names");
        var called = new ResourceType.Names(names.path("kind").asText(), names.path("plural").asText(),
                names.path("singular").asText(names.path("kind").asText().toLowerCase(java.util.Locale.ROOT)),
                texts(names.path("shortNames")), texts(names.path("categories")));
        var types = new ArrayList<ResourceType>();
        for (JsonNode version : spec.path("versions")) {
            if (version.path("served").asBoolean(false)) {
                types.add(type(spec, called, version));
            }
        }
        return types;
    }

    private static ResourceType type(JsonNode spec, ResourceType.Names names, JsonNode version) {
        Set<String> subresources = new TreeSet<>();
        version.path("subresources").fieldNames().forEachRemaining(subresources::add);
        String group = spec.path("group").asText();
        Schema schema = version.path("schema").path("openAPIV3Schema") instanceof ObjectNode written
                ? Schema.parse(spec.path("preserveUnknownFields").asBoolean(false)
                        ? written.deepCopy().put("x-kubernetes-preserve-unknown-fields", true)
                        : written)
                : Schema.ANYTHING;
        return new ResourceType(group, version.path("name").asText(), names,
                "Namespaced".equals(spec.path("scope").asText()), names.plural() + "." + group, subresources, true,
                schema, columns(version), true);
    }

    private static List<ResourceType.Column> columns(JsonNode version) {
        var columns = new ArrayList<ResourceType.Column>();
        version.path("additionalPrinterColumns")
                .forEach(column -> columns.add(new ResourceType.Column(column.path("name").asText(),
                        column.path("type").asText("string"), column.path("format").asText(""),
                        column.path("description").asText(""), column.path("priority").asInt(0),
                        column.path("jsonPath").asText())));
        if (columns.isEmpty()) {
            columns.add(new ResourceType.Column("Age", "date", "", "", 0, ".metadata.creationTimestamp"));
        }
        return columns;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
