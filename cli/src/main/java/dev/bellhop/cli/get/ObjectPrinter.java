package dev.bellhop.cli.get;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Yaml;

/// Prints whole objects: one as itself, several as a `List`. Who manages which field is left out, as kubectl does.
final class ObjectPrinter {
    private final boolean yaml;

    ObjectPrinter(boolean yaml) {
        this.yaml = yaml;
    }

    /// Prints answers to GETs, each an object or a list of objects.
    void print(List<JsonNode> answers, boolean namesOnly, PrintWriter out) {
        var objects = answers.stream().flatMap(ObjectPrinter::objects).toList();
        if (namesOnly) {
            objects.forEach(object -> out.println(name(object)));
            return;
        }
        boolean single = answers.size() == 1 && !isList(answers.getFirst());
        out.println(text(single ? objects.getFirst() : list(objects)).stripTrailing());
    }

    private String text(JsonNode document) {
        return yaml ? Yaml.write(document) : document.toPrettyString();
    }

    private static boolean isList(JsonNode answer) {
        return answer.path("items").isArray();
    }

    private static Stream<ObjectNode> objects(JsonNode answer) {
        if (!isList(answer)) {
            return Stream.of(tidied(answer, answer.path("kind").asText(), answer));
        }
        // Within a list the built-in kinds leave out what they are: the list says it for all.
        var kind = answer.path("kind").asText().replaceFirst("List$", "");
        return answer.path("items").valueStream().map(item -> tidied(answer, kind, item));
    }

    /// With what it is at the top, where some servers do not put it.
    private static ObjectNode tidied(JsonNode answer, String kind, JsonNode object) {
        var tidied = JsonNodeFactory.instance.objectNode().put("apiVersion", answer.path("apiVersion").asText())
                .put("kind", kind);
        tidied.setAll((ObjectNode) object);
        if (tidied.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return tidied;
    }

    private static ObjectNode list(List<ObjectNode> objects) {
        var list = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "List");
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
