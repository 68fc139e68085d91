package dev.bellhop.engine.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A text of an action, cut into what stands there and the expressions in it.
final class Pieces {
    static final String OPEN = "${{";
    private static final String ESCAPED_OPEN = "$${{";
    private static final String CLOSE = "}}";

    private Pieces() {}

    sealed interface Piece {
        record Verbatim(String text) implements Piece {}

        /// @param source the expression, without what surrounds it
        record Expression(String source) implements Piece {}
    }

    /// What became of a text.
    sealed interface Cut {
        record Sound(List<Piece> pieces) implements Cut {}

        record Broken(String why) implements Cut {}
    }

    /// Cuts `text`. `$${{` stands for `${{`.
    static Cut cut(String text) {
        var pieces = new ArrayList<Piece>();
        var verbatim = new StringBuilder();
        int done = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, done)) {
            if (open > 0 && text.startsWith(ESCAPED_OPEN, open - 1)) {
                verbatim.append(text, done, open - 1).append(OPEN);
                done = open + OPEN.length();
                continue;
            }
            int close = close(text, open + OPEN.length());
            if (close < 0) {
                return new Cut.Broken("'" + text.substring(open) + "' is not closed; add the missing '}}', or write '"
                        + ESCAPED_OPEN + "' for the text '" + OPEN + "'");
            }
            verbatim.append(text, done, open);
            if (!verbatim.isEmpty()) {
                pieces.add(new Piece.Verbatim(verbatim.toString()));
                verbatim.setLength(0);
            }
            pieces.add(new Piece.Expression(text.substring(open + OPEN.length(), close).strip()));
            done = close + CLOSE.length();
        }
        verbatim.append(text, done, text.length());
        if (!verbatim.isEmpty() || pieces.isEmpty()) {
            pieces.add(new Piece.Verbatim(verbatim.toString()));
        }
        return new Cut.Sound(List.copyOf(pieces));
    }

    /// Where the `}}` is that ends the expression which begins at `from`: the first that is neither in a string, a comment nor
    /// closes a brace of the expression itself. -1 when there is none.
    private static int close(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length();) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                i = endOfString(text, i, from);
                continue;
            }
            if (text.startsWith("//", i)) {
                int line = text.indexOf('\n', i);
                i = line < 0 ? text.length() : line;
                continue;
            }
            if (c == '{') {
                depth++;
            } else if (c == '}' && depth > 0) {
                depth--;
            } else if (text.startsWith(CLOSE, i)) {
                return i;
            }
            i++;
        }
        return -1;
    }

    /// The place after the string that begins at `quote`.
    private static int endOfString(String text, int quote, int from) {
        int prefix = quote;
        while (prefix > from && quote - prefix < 2 && "rRbB".indexOf(text.charAt(prefix - 1)) >= 0) {
            prefix--;
        }
        boolean raw = text.substring(prefix, quote).toLowerCase(Locale.ROOT).contains("r");
        var mark = String.valueOf(text.charAt(quote));
        var end = text.startsWith(mark.repeat(3), quote) ? mark.repeat(3) : mark;
        for (int i = quote + end.length(); i < text.length(); i++) {
            if (text.charAt(i) == '\\' && !raw) {
                i++;
            } else if (text.startsWith(end, i)) {
                return i + end.length();
            }
        }
        return text.length();
    }
}
