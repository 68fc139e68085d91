package dev.bellhop.engine.render;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// A node of a template's tree. Rendering makes new objects and arrays each time: whoever gets them may change them.
sealed interface TemplateNode {
    JsonNode render(Rendering rendering);

    /// A value into which nothing is put.
    record Fixed(JsonNode value) implements TemplateNode {
        @Override
        public JsonNode render(Rendering rendering) {
            return value;
        }
    }

    /// A string into which values are put. It stays a string.
    record Filled(Text text) implements TemplateNode {
        @Override
        public JsonNode render(Rendering rendering) {
            return TextNode.valueOf(text.render(rendering));
        }
    }

    record Sequence(List<TemplateNode> items) implements TemplateNode {
        @Override
        public ArrayNode render(Rendering rendering) {
            var array = JsonNodeFactory.instance.arrayNode(items.size());
            for (var item : items) {
                array.add(item.render(rendering));
            }
            return array;
        }
    }

    /// @param path where it stands in its template, for messages
    record Mapping(String path, List<Entry> entries) implements TemplateNode {
        record Entry(Text key, TemplateNode value) {}

        @Override
        public ObjectNode render(Rendering rendering) {
            var object = JsonNodeFactory.instance.objectNode();
            for (var entry : entries) {
                var name = entry.key().render(rendering);
                if (object.replace(name, entry.value().render(rendering)) != null) {
                    rendering.fail(path
                            + ": two fields get the same name from their params; give them names that cannot meet");
                }
            }
            return object;
        }
    }
}
