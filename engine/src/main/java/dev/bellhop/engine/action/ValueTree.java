package dev.bellhop.engine.action;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.cel.CelExpression;
import org.jspecify.annotations.Nullable;

/// A node of what an action says, with its expressions compiled. Rendering makes new objects and arrays each time.
sealed interface ValueTree {
    /// The value for one event; null where there is to be none: an expression gave null, or failed and [Rendering] knows why.
    @Nullable
    JsonNode render(Rendering rendering);

    /// A value without expressions.
    record Fixed(JsonNode value) implements ValueTree {
        @Override
        public JsonNode render(Rendering rendering) {
            return value;
        }
    }

    /// A value that is one expression: it becomes what the expression gives.
    record Typed(String path, CelExpression expression) implements ValueTree {
        @Override
        public @Nullable JsonNode render(Rendering rendering) {
            var value = rendering.value(path, expression);
            return value == null || value.isNull() ? null : value;
        }
    }

    /// A text with expressions in it: it stays a text.
    record Mixed(String path, List<Part> parts) implements ValueTree {
        sealed interface Part {
            record Verbatim(String text) implements Part {}

            record Computed(CelExpression expression) implements Part {}
        }

        @Override
        public @Nullable JsonNode render(Rendering rendering) {
            var text = text(rendering);
            return text == null ? null : TextNode.valueOf(text);
        }

        @Nullable
        String text(Rendering rendering) {
            var text = new StringBuilder();
            for (var part : parts) {
                switch (part) {
                    case Part.Verbatim(var written) -> text.append(written);
                    case Part.Computed(var expression) -> {
                        var value = rendering.value(path, expression);
                        if (value == null) {
                            return null;
                        }
                        text.append(Rendering.text(value));
                    }
                }
            }
            return text.toString();
        }
    }

    record Sequence(List<ValueTree> items) implements ValueTree {
        @Override
        public JsonNode render(Rendering rendering) {
            var array = JsonNodeFactory.instance.arrayNode(items.size());
            for (var item : items) {
                var value = item.render(rendering);
                if (value != null) {
                    array.add(value);
                }
            }
            return array;
        }
    }

    record Mapping(String path, List<Entry> entries) implements ValueTree {
        record Entry(Mixed key, ValueTree value) {}

        @Override
        public JsonNode render(Rendering rendering) {
            var object = JsonNodeFactory.instance.objectNode();
            for (var entry : entries) {
                var key = entry.key().text(rendering);
                var value = entry.value().render(rendering);
                if (key != null && value != null && object.replace(key, value) != null) {
                    rendering.fail(path, "two keys become '" + key + "'; give them names that cannot meet");
                }
            }
            return object;
        }
    }
}
