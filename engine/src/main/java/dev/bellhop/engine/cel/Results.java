package dev.bellhop.engine.cel;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.primitives.UnsignedLong;
import dev.bellhop.engine.cel.JsonValues.JsonList;
import dev.bellhop.engine.cel.JsonValues.JsonMap;
import dev.cel.common.types.CelType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.common.values.OptionalValue;
import dev.cel.runtime.CelEvaluationException;

/// Turns what an expression gave into JSON. What it took from the event as it is comes back as the very same node.
final class Results {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /// From here on Go, too, prints an integral number with an exponent.
    private static final double LARGEST_PLAIN = 1e21;

    private Results() {}

    static JsonNode json(Object value) throws CelEvaluationException {
        return switch (value) {
            case JsonMap map -> map.node();
            case JsonList list -> list.node();
            case NullValue _ -> JSON.nullNode();
            case Boolean b -> JSON.booleanNode(b);
            case String s -> JSON.textNode(s);
            case Double d -> number(d);
            case Long l -> JSON.numberNode(l);
            case UnsignedLong u -> u.bigIntegerValue().bitLength() < 64
                    ? JSON.numberNode(u.longValue())
                    : JSON.numberNode(u.bigIntegerValue());
            case CelByteString bytes -> JSON.textNode(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Instant instant -> JSON.textNode(Times.print(instant));
            case Duration duration -> JSON.textNode(Times.print(duration));
            case OptionalValue<?, ?> optional -> optional.isZeroValue() ? JSON.nullNode() : json(optional.value());
            case Optional<?> optional -> optional.isPresent() ? json(optional.get()) : JSON.nullNode();
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            case CelType _ -> throw new CelEvaluationException("the result is a type, which has no form in JSON");
            default -> throw new CelEvaluationException(
                    "the result is a " + value.getClass().getSimpleName() + ", which has no form in JSON");
        };
    }

    private static JsonNode number(double number) throws CelEvaluationException {
        if (!Double.isFinite(number)) {
            throw new CelEvaluationException(
                    "the result is the number " + GoNumbers.print(number) + ", which has no form in JSON");
        }
        if (number != Math.rint(number) || Math.abs(number) >= LARGEST_PLAIN) {
            return JSON.numberNode(number);
        }
        boolean small = Math.abs(number) < 0x1p63;
        return small
                ? JSON.numberNode((long) number)
                : JSON.numberNode(new java.math.BigDecimal(GoNumbers.json(number)).toBigIntegerExact());
    }

    private static JsonNode object(Map<?, ?> map) throws CelEvaluationException {
        Evaluation.current().budget().spend(map.size());
        var object = JSON.objectNode();
        for (var entry : map.entrySet()) {
            object.set(key(entry.getKey()), json(entry.getValue()));
        }
        return object;
    }

    private static String key(Object key) {
        return key instanceof Double number ? GoNumbers.print(number) : key.toString();
    }

    private static JsonNode array(List<?> list) throws CelEvaluationException {
        Evaluation.current().budget().spend(list.size());
        var array = JSON.arrayNode(list.size());
        for (var element : list) {
            array.add(json(element));
        }
        return array;
    }
}
