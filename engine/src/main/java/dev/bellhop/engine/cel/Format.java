package dev.bellhop.engine.cel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// `'text %s'.format([values])` as in CEL's extension of strings.
final class Format {
    private static final int LARGEST_PRECISION = 1000;

    private final String template;
    private final List<?> values;
    private final StringBuilder out = new StringBuilder();
    private int at;
    private int used;

    private Format(String template, List<?> values) {
        this.template = template;
        this.values = values;
    }

    static String format(String template, List<?> values) {
        return new Format(template, values).run();
    }

    private String run() {
        while (at < template.length()) {
            int percent = template.indexOf('%', at);
            int end = percent < 0 ? template.length() : percent;
            append(template.substring(at, end));
            at = end;
            if (percent >= 0) {
                at++;
                clause();
            }
        }
        return out.toString();
    }

    private void append(String text) {
        Evaluation.current().budget().characters(text.length());
        Evaluation.current().budget().length((long) out.length() + text.length());
        out.append(text);
    }

    private void clause() {
        if (template.startsWith("%", at)) {
            at++;
            append("%");
            return;
        }
        int precision = precision();
        if (at == template.length()) {
            throw failure("the text ends within a clause");
        }
        char verb = template.charAt(at++);
        if ("sdfexXob".indexOf(verb) < 0) {
            throw failure("unknown clause %" + verb);
        }
        if (used == values.size()) {
            throw failure("index " + used + " out of range: there are too few values");
        }
        var value = values.get(used++);
        append(switch (verb) {
            case 's' -> text(value);
            case 'd' -> decimal(value);
            case 'f' -> fixed(value, precision < 0 ? 6 : precision);
            case 'e' -> scientific(value, precision < 0 ? 6 : precision);
            case 'x' -> hexadecimal(value);
            case 'X' -> hexadecimal(value).toUpperCase(Locale.ROOT);
            case 'o' -> whole(value, 'o').toString(8);
            default -> value instanceof Boolean b ? b ? "1" : "0" : whole(value, 'b').toString(2);
        });
    }

    private int precision() {
        if (!template.startsWith(".", at)) {
            return -1;
        }
        int start = ++at;
        while (at < template.length() && Character.digit(template.charAt(at), 10) >= 0) {
            at++;
        }
        if (at == start || at - start > 4 || Integer.parseInt(template.substring(start, at)) > LARGEST_PRECISION) {
            throw failure("the precision must be a number up to " + LARGEST_PRECISION);
        }
        return Integer.parseInt(template.substring(start, at));
    }

    private static String text(Object value) {
        return switch (value) {
            case String s -> s;
            case NullValue _ -> "null";
            case Boolean b -> b.toString();
            case Long l -> l.toString();
            case UnsignedLong u -> u.toString();
            case Double d -> GoNumbers.print(d);
            case CelByteString bytes -> bytes.toStringUtf8();
            case Instant instant -> Times.print(instant);
            case Duration duration -> Times.print(duration);
            case List<?> list -> list(list);
            case Map<?, ?> map -> map(map);
            default -> throw failure("%s cannot print a " + value.getClass().getSimpleName());
        };
    }

    private static String list(List<?> list) {
        var out = new StringBuilder("[");
        for (var element : list) {
            out.append(out.length() == 1 ? "" : ", ").append(paid(text(element)));
        }
        return out.append("]").toString();
    }

    private static String map(Map<?, ?> map) {
        var sorted = new TreeMap<String, String>();
        for (var entry : map.entrySet()) {
            sorted.put(text(entry.getKey()), paid(text(entry.getValue())));
        }
        var out = new StringBuilder("{");
        sorted.forEach(
                (key, value) -> out.append(out.length() == 1 ? "" : ", ").append(key).append(": ").append(value));
        return out.append("}").toString();
    }

    private static String paid(String part) {
        Evaluation.current().budget().characters(part.length() + 16L);
        return part;
    }

    private static String decimal(Object value) {
        return value instanceof Double d ? GoNumbers.print(d) : whole(value, 'd').toString();
    }

    private static java.math.BigInteger whole(Object value, char verb) {
        return switch (value) {
            case Long l -> java.math.BigInteger.valueOf(l);
            case UnsignedLong u -> u.bigIntegerValue();
            case Double d when d == Math.rint(d) && Double.isFinite(d) -> new BigDecimal(d).toBigInteger();
            default -> throw failure("%" + verb + " takes whole numbers");
        };
    }

    private static double number(Object value, char verb) {
        return switch (value) {
            case Double d -> d;
            case Long l -> l;
            case UnsignedLong u -> u.doubleValue();
            default -> throw failure("%" + verb + " takes numbers");
        };
    }

    private static String fixed(Object value, int precision) {
        double number = number(value, 'f');
        return Double.isFinite(number)
                ? new BigDecimal(number).setScale(precision, RoundingMode.HALF_EVEN).toPlainString()
                : GoNumbers.print(number);
    }

    private static String scientific(Object value, int precision) {
        double number = number(value, 'e');
        return Double.isFinite(number)
                ? String.format(Locale.ROOT, "%." + precision + "e", number)
                : GoNumbers.print(number);
    }

    private static String hexadecimal(Object value) {
        return switch (value) {
            case String s -> HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8));
            case CelByteString bytes -> HexFormat.of().formatHex(bytes.toByteArray());
            default -> whole(value, 'x').toString(16);
        };
    }

    private static CelInvalidArgumentException failure(String why) {
        return new CelInvalidArgumentException("format: " + why);
    }
}
