package dev.bellhop.cli.convert.draft;

import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/// Writes pieces of CEL, and texts of actions that hold some.
public final class Cel {
    private static final Set<String> KEYWORDS = Set.of("true", "false", "null", "in");

    private Cel() {}

    /// A string literal, in single quotes: those need no escapes in YAML.
    public static String quote(String text) {
        var quoted = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\'' -> quoted.append("\\'");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') {
                        quoted.append("\\u%04x".formatted((int) c));
                    } else {
                        quoted.append(c);
                    }
                }
            }
        }
        return quoted.append('\'').toString();
    }

    /// Whether `name` may stand behind a dot.
    public static boolean isName(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !KEYWORDS.contains(name);
    }

    /// Field `name` of `of`.
    public static String field(String of, String name) {
        return isName(name) ? of + "." + name : of + "[" + quote(name) + "]";
    }

    /// A text of an action that is the value of `cel`, whatever its type.
    public static String value(String cel) {
        return "${{ " + cel + " }}";
    }

    /// A text of an action that is the value of `cel` as text, even if that is a number: beside another expression, an expression
    /// is always text.
    public static String text(String cel) {
        return value(cel) + "${{ '' }}";
    }

    /// A text that means itself in an action.
    public static String verbatim(String text) {
        return text.replace("${{", "$${{");
    }

    /// A copy of `json` whose every text and key means itself in an action.
    public static JsonNode verbatim(JsonNode json) {
        return switch (json) {
            case TextNode text -> TextNode.valueOf(verbatim(text.asText()));
            case ArrayNode list -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                list.forEach(item -> copy.add(verbatim(item)));
                yield copy;
            }
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(field -> copy.set(verbatim(field.getKey()), verbatim(field.getValue())));
                yield copy;
            }
            default -> json.deepCopy();
        };
    }
}
