package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Tag;

/// Texts within an event that are JSON or YAML themselves.
final class Parsers {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Parsers() {}

    /// What looks like a date stays the text it is, as in Kubernetes.
    private static final class WithoutDates extends SafeConstructor {
        WithoutDates(LoaderOptions options) {
            super(options);
            yamlConstructors.put(Tag.TIMESTAMP, yamlConstructors.get(Tag.STR));
        }
    }

    static Object json(String text) {
        Evaluation.current().budget().spend(text.length() / 16);
        try {
            return object(JSON.readTree(text), "parseJSON: the text is not an object");
        } catch (JsonProcessingException e) {
            throw new CelInvalidArgumentException("parseJSON: the text is not JSON" + place(e));
        }
    }

    static Object yaml(String text) {
        // Reading YAML costs some ten times as much as reading JSON.
        Evaluation.current().budget().spend(text.length() / 2);
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            return object(node(new Yaml(new WithoutDates(options)).load(text)), "parseYAML: the text is not a mapping");
        } catch (MarkedYAMLException e) {
            throw new CelInvalidArgumentException("parseYAML: " + e.getProblem() + place(e.getProblemMark()));
        } catch (YAMLException e) {
            throw new CelInvalidArgumentException("parseYAML: the text is not YAML");
        }
    }

    private static Object object(JsonNode node, String otherwise) {
        if (node instanceof ObjectNode) {
            return JsonValues.of(node);
        }
        throw new CelInvalidArgumentException(otherwise);
    }

    /// Where it goes wrong, without the text around it: that is what the sender sent.
    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
    }

    private static String place(@Nullable Mark mark) {
        return mark == null ? "" : " (line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1) + ")";
    }

    /// Aliases make a small document that is endless to walk, so every node is paid for as often as it is named.
    private static JsonNode node(@Nullable Object value) {
        Evaluation.current().budget().spend(1);
        return switch (value) {
            case null -> NODES.nullNode();
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                map.forEach((key, inner) -> object.set(String.valueOf(key), node(inner)));
                yield object;
            }
            case List<?> list -> {
                var array = NODES.arrayNode(list.size());
                list.forEach(inner -> array.add(node(inner)));
                yield array;
            }
            case Boolean b -> NODES.booleanNode(b);
            case Integer i -> NODES.numberNode(i);
            case Long l -> NODES.numberNode(l);
            case java.math.BigInteger big -> NODES.numberNode(big);
            case Double d -> NODES.numberNode(d);
            case byte[] bytes -> NODES.textNode(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
            default -> NODES.textNode(value.toString());
        };
    }
}
