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
import org.yaml.snakeyaml.error.YAMLException;

/// Texts within an event that are JSON or YAML themselves.
final class Parsers {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Parsers() {}

    static Object json(String text) {
        Evaluation.current().budget().spend(text.length() / 16);
        try {
            return object(JSON.readTree(text), "parseJSON", "an object");
        } catch (JsonProcessingException e) {
            throw new CelInvalidArgumentException("parseJSON: " + e.getOriginalMessage());
        }
    }

    static Object yaml(String text) {
        // Reading YAML costs some ten times as much as reading JSON.
        Evaluation.current().budget().spend(text.length() / 2);
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            return object(node(new Yaml(new SafeConstructor(options)).load(text)), "parseYAML", "a mapping");
        } catch (YAMLException e) {
            throw new CelInvalidArgumentException("parseYAML: " + e.getMessage());
        }
    }

    private static Object object(JsonNode node, String function, String expected) {
        return switch (node) {
            case ObjectNode object -> JsonValues.of(object);
            default -> throw new CelInvalidArgumentException(
                    function + ": the text is no " + expected.substring(expected.indexOf(' ') + 1));
        };
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
