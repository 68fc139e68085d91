package dev.bellhop.engine.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// Writes and reads the text of JSON values.
public final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /// How much is escaped inside strings.
    public enum Escapes {
        /// What JSON demands.
        NEEDED,
        /// Also `<`, `>`, `&`, U+2028 and U+2029, as Go does by default so that the text may stand in HTML.
        HTML
    }

    /// `value` without spaces, the keys of objects sorted, numbers as [#number] writes them.
    public static String compact(JsonNode value, Escapes escapes) {
        var text = new StringBuilder();
        write(value, escapes, text);
        return text.toString();
    }

    private static void write(JsonNode value, Escapes escapes, StringBuilder text) {
        switch (value.getNodeType()) {
            case OBJECT -> writeObject(value, escapes, text);
            case ARRAY -> {
                text.append('[');
                for (int i = 0; i < value.size(); i++) {
                    text.append(i == 0 ? "" : ",");
                    write(value.get(i), escapes, text);
                }
                text.append(']');
            }
            case STRING, BINARY, POJO -> {
                text.append('"');
                escape(value.asText(), escapes, text);
                text.append('"');
            }
            case NUMBER -> text.append(number(value));
            case BOOLEAN -> text.append(value.booleanValue());
            case NULL, MISSING -> text.append("null");
        }
    }

    private static void writeObject(JsonNode object, Escapes escapes, StringBuilder text) {
        var fields = new ArrayList<>(object.properties());
        fields.sort(Map.Entry.comparingByKey(CodePoints::compare));
        text.append('{');
        for (int i = 0; i < fields.size(); i++) {
            text.append(i == 0 ? "\"" : ",\"");
            escape(fields.get(i).getKey(), escapes, text);
            text.append("\":");
            write(fields.get(i).getValue(), escapes, text);
        }
        text.append('}');
    }

    /// A number as Go writes a float64, `1` for `1.0` and `1e-9` for `0.000000001`, but with every digit it has. Integers
    /// that were written as such are never given an exponent.
    public static String number(JsonNode number) {
        if (number.isIntegralNumber()) {
            return number.asText();
        }
        if ((number.isDouble() || number.isFloat()) && !Double.isFinite(number.doubleValue())) {
            return "null";
        }
        var value = number.decimalValue().stripTrailingZeros();
        if (value.signum() == 0) {
            return "0";
        }
        int exponent = value.precision() - value.scale() - 1;
        return exponent < -6 || exponent >= 21 ? scientific(value, exponent) : value.toPlainString();
    }

    private static String scientific(BigDecimal value, int exponent) {
        var digits = value.unscaledValue().abs().toString();
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0)
                + (digits.length() == 1 ? "" : "." + digits.substring(1))
                + (exponent < 0 ? "e" : "e+") + exponent;
    }

    /// What stands between the quotes of the JSON string `value`.
    public static String escape(String value, Escapes escapes) {
        for (int i = 0; i < value.length(); i++) {
            if (isEscaped(value.charAt(i), escapes)) {
                var text = new StringBuilder(value.length() + 16);
                escape(value, escapes, text);
                return text.toString();
            }
        }
        return value;
    }

    private static void escape(String value, Escapes escapes, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (isEscaped(c, escapes)) {
                escape(c, text);
            } else {
                text.append(c);
            }
        }
    }

    private static boolean isEscaped(char c, Escapes escapes) {
        return c < ' ' || c == '"' || c == '\\' || (escapes == Escapes.HTML
                && (c == '<' || c == '>' || c == '&' || c == '\u2028' || c == '\u2029'));
    }

    private static void escape(char c, StringBuilder text) {
        switch (c) {
            case '"', '\\' -> text.append('\\').append(c);
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX.charAt(c >> shift & 0xF));
                }
            }
        }
    }

    /// The string that `text` means between the quotes of a JSON string; empty when it cannot stand there.
    public static Optional<String> unescape(String text) {
        var value = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c < ' ' || c == '"' || (c == '\\' && i == text.length())) {
                return Optional.empty();
            }
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(i++);
            switch (escaped) {
                case '"', '\\', '/' -> value.append(escaped);
                case 'b' -> value.append('\b');
                case 'f' -> value.append('\f');
                case 'n' -> value.append('\n');
                case 'r' -> value.append('\r');
                case 't' -> value.append('\t');
                case 'u' -> {
                    int unit = hex(text, i);
                    if (unit < 0) {
                        return Optional.empty();
                    }
                    value.append((char) unit);
                    i += 4;
                }
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(wellFormed(value.toString()));
    }

    private static int hex(String text, int at) {
        if (at + 4 > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /// `value` with U+FFFD in place of halves of surrogate pairs: a sender may write `"\ud800"`, but no UTF-8 can hold it.
    public static String wellFormed(String value) {
        StringBuilder mended = null;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean half = Character.isHighSurrogate(c)
                    ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                    : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
            if (half) {
                mended = mended == null ? new StringBuilder(value) : mended;
                mended.setCharAt(i, '\uFFFD');
            }
        }
        return mended == null ? value : mended.toString();
    }
}
