package dev.bellhop.engine.jsonpath;

import java.util.HexFormat;

/// A string in single or double quotes with Go's escapes, as it stands in a filter.
final class Quoted {
    private Quoted() {}

    static String unquote(String quoted) {
        var value = new StringBuilder(quoted.length());
        int i = 1;
        while (i < quoted.length() - 1) {
            char c = quoted.charAt(i++);
            if (c != '\\') {
                value.append(c);
                continue;
            }
            char escaped = quoted.charAt(i++);
            switch (escaped) {
                case '\\', '\'', '"' -> value.append(escaped);
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case 'b' -> value.append('\b');
                case 'f' -> value.append('\f');
                case 'u' -> {
                    value.append((char) hex(quoted, i));
                    i += 4;
                }
                default -> throw new SyntaxException("invalid escape \\" + escaped + " in " + quoted);
            }
        }
        return value.toString();
    }

    private static int hex(String quoted, int at) {
        try {
            return HexFormat.fromHexDigits(quoted, at, at + 4);
        } catch (NumberFormatException | IndexOutOfBoundsException _) {
            throw new SyntaxException("\\u needs four hexadecimal digits in " + quoted);
        }
    }
}
