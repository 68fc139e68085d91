package dev.bellhop.engine.cel;

import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// Writes a value of CEL as JSON the way Go does: compact, keys sorted, numbers as short as they can be, and `<`, `>`, `&`
/// escaped.
final class GoJson {
    private final StringBuilder out = new StringBuilder();
    private int paid;

    private GoJson() {}

    static String write(Object value) {
        var json = new GoJson();
        json.append(value);
        json.pay();
        return json.out.toString();
    }

    private void append(Object value) {
        if (out.length() - paid > 1024) {
            pay();
        }
        switch (value) {
            case NullValue _ -> out.append("null");
            case Boolean b -> out.append(b);
            case String s -> quote(s);
            case Double d -> out.append(finite(d));
            case Long l -> out.append(l);
            case UnsignedLong u -> out.append(u);
            case CelByteString bytes -> quote(Base64.getEncoder().encodeToString(bytes.toByteArray()));
            case Instant instant -> quote(Times.print(instant));
            case Duration duration -> quote(Times.print(duration));
            case Map<?, ?> map -> object(map);
            case List<?> list -> array(list);
            default -> throw new CelInvalidArgumentException(
                    "a value of type " + value.getClass().getSimpleName() + " cannot be JSON");
        }
    }

    private static String finite(double number) {
        if (Double.isFinite(number)) {
            return GoNumbers.json(number);
        }
        throw new CelInvalidArgumentException("the number " + GoNumbers.print(number) + " cannot be JSON");
    }

    private void object(Map<?, ?> map) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        Evaluation.current().budget().spend(sorted.size());
        var separator = '{';
        for (var entry : sorted.entrySet()) {
            out.append(separator);
            quote(entry.getKey());
            out.append(':');
            append(entry.getValue());
            separator = ',';
        }
        out.append(sorted.isEmpty() ? "{}" : "}");
    }

    private void array(List<?> list) {
        Evaluation.current().budget().spend(list.size());
        var separator = '[';
        for (var element : list) {
            out.append(separator);
            append(element);
            separator = ',';
        }
        out.append(list.isEmpty() ? "[]" : "]");
    }

    private void pay() {
        Evaluation.current().budget().characters(out.length());
        paid = out.length();
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
                default -> {
                    if (c < ' ') {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u").append(String.format("%04x", (int) c));
    }
}
