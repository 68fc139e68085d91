package dev.bellhop.cli.get;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/// Prints whole objects: one as itself, several as a `List`. Who manages which field is left out, as kubectl does.
final class ObjectPrinter {
    private final ObjectMapper mapper;

    ObjectPrinter(boolean yaml) {
        mapper = yaml
                ? YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                        .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                        .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
                        .disable(YAMLGenerator.Feature.SPLIT_LINES).build()
                : new JsonMapper();
    }

    /// Prints answers to GETs, each an object or a list of objects.
    void print(List<JsonNode> answers, boolean namesOnly, PrintWriter out) {
        var objects = answers.stream().flatMap(ObjectPrinter::objects).toList();
        if (namesOnly) {
            objects.forEach(object -> out.println(name(object)));
            return;
        }
        boolean single = answers.size() == 1 && !isList(answers.getFirst());
        try {
            var text = mapper.writerWithDefaultPrettyPrinter().writeValueAsString(single ? objects.getFirst() : list(objects));
            out.println(text.stripTrailing());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("writing to memory", e);
        }
    }

    private static boolean isList(JsonNode answer) {
        return answer.path("items").isArray();
    }

    private static Stream<ObjectNode> objects(JsonNode answer) {
        if (!isList(answer)) {
            return Stream.of(clean((ObjectNode) answer));
        }
        // Within a list the built-in kinds leave out what they are: the list says it for all.
        var kind = answer.path("kind").asText().replaceFirst("List$", "");
        return answer.path("items").valueStream().map(item -> {
            var object = JsonNodeFactory.instance.objectNode();
            object.put("apiVersion", answer.path("apiVersion").asText()).put("kind", kind);
            object.setAll((ObjectNode) item);
            return clean(object);
        });
    }

    private static ObjectNode clean(ObjectNode object) {
        if (object.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return object;
    }

    private ObjectNode list(List<ObjectNode> objects) {
        var list = mapper.createObjectNode().put("apiVersion", "v1").put("kind", "List");
        list.putArray("items").addAll(objects);
        return list;
    }

    private static String name(JsonNode object) {
        var apiVersion = object.path("apiVersion").asText();
        int slash = apiVersion.indexOf('/');
        var kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
        return kind + (slash < 0 ? "" : "." + apiVersion.substring(0, slash)) + "/"
                + object.at("/metadata/name").asText();
    }
}
