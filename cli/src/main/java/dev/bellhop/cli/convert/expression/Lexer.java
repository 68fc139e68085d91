package dev.bellhop.cli.convert.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Cuts a text into words.
final class Lexer {
    private static final List<String> SIGNS = List.of("_|_", "==", "!=", "=~", "!~", "<=", ">=", "&&", "||", "<", ">",
            "!",
            "&", "|", "+", "-", "*", "/", "%", "(", ")", "[", "]", "{", "}", ",", ":", ".", "?");

    private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_$#][\\p{L}0-9_$#]*");

    private final Syntax syntax;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Lexer(Syntax syntax, String text) {
        this.syntax = syntax;
        this.text = text;
    }

    static List<Token> cut(Syntax syntax, String text) throws Untranslatable {
        var lexer = new Lexer(syntax, text);
        lexer.run();
        return lexer.tokens;
    }

    private void run() throws Untranslatable {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == '"' || (c == '\'' && syntax == Syntax.PLAIN)) {
                string();
            } else if (Character.isDigit(c)) {
                run(Token.Kind.NUMBER, NUMBER);
            } else if (text.startsWith("_|_", at)) {
                add(Token.Kind.SIGN, "_|_", 3);
            } else if (Character.isLetter(c) || c == '_' || c == '$' || c == '#') {
                run(Token.Kind.NAME, NAME);
            } else {
                sign();
            }
        }
        add(Token.Kind.END, "", 0);
    }

    private void run(Token.Kind kind, Pattern pattern) {
        var matcher = pattern.matcher(text).region(at, text.length());
        var found = matcher.lookingAt() ? matcher.group() : text.substring(at, at + 1);
        add(kind, found, found.length());
    }

    private void sign() throws Untranslatable {
        for (var sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                add(Token.Kind.SIGN, sign, sign.length());
                return;
            }
        }
        throw token(Token.Kind.SIGN, text.substring(at, at + 1)).unexpected();
    }

    private void string() throws Untranslatable {
        if (text.startsWith("\"\"\"", at)) {
            multiline();
            return;
        }
        char quote = text.charAt(at);
        var content = new StringBuilder();
        int i = at + 1;
        while (i < text.length() && text.charAt(i) != quote && text.charAt(i) != '\n') {
            if (text.charAt(i) == '\\' && i + 1 < text.length()) {
                content.append(escaped(text.charAt(i + 1)));
                i += 2;
            } else {
                content.append(text.charAt(i++));
            }
        }
        if (i >= text.length() || text.charAt(i) != quote) {
            throw new Untranslatable("the string at " + token(Token.Kind.STRING, "").place() + " is not closed");
        }
        add(Token.Kind.STRING, content.toString(), i + 1 - at);
    }

    private char escaped(char c) throws Untranslatable {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '"', '\'', '\\', '/' -> c;
            default -> throw new Untranslatable("'\\" + c + "' in the string at "
                    + token(Token.Kind.STRING, "").place() + " is not understood");
        };
    }

    /// CUE's: the indentation of the closing quotes is taken off every line.
    private void multiline() throws Untranslatable {
        int start = text.indexOf('\n', at);
        int end = start < 0 ? -1 : text.indexOf("\"\"\"", start);
        if (end < 0) {
            throw new Untranslatable("the string at " + token(Token.Kind.STRING, "").place() + " is not closed");
        }
        int lastLine = text.lastIndexOf('\n', end);
        var indent = text.substring(lastLine + 1, end);
        var content = text.substring(start + 1, Math.max(start + 1, lastLine)).lines()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.stripLeading()).toList();
        add(Token.Kind.STRING, String.join("\n", content), end + 3 - at);
    }

    private void add(Token.Kind kind, String content, int length) {
        tokens.add(token(kind, content));
        at += length;
    }

    private Token token(Token.Kind kind, String content) {
        var before = text.substring(0, at);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        return new Token(kind, content, line, at - before.lastIndexOf('\n'));
    }
}
