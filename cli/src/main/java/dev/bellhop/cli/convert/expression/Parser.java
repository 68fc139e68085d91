package dev.bellhop.cli.convert.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads words into an [Expr].
final class Parser {
    private static final Map<String, Integer> STRENGTH = Map.ofEntries(Map.entry("|", 1), Map.entry("&", 2),
            Map.entry("||", 3), Map.entry("&&", 4), Map.entry("==", 5), Map.entry("!=", 5), Map.entry("<", 5),
            Map.entry("<=", 5), Map.entry(">", 5), Map.entry(">=", 5), Map.entry("=~", 5), Map.entry("!~", 5),
            Map.entry("in", 5), Map.entry("contains", 5), Map.entry("startsWith", 5), Map.entry("endsWith", 5),
            Map.entry("matches", 5), Map.entry("+", 6), Map.entry("-", 6), Map.entry("*", 7), Map.entry("/", 7),
            Map.entry("%", 7));
    private static final Set<String> BOUNDS = Set.of("<", "<=", ">", ">=", "!=", "=~", "!~");
    private static final Set<String> WORDS = Set.of("in", "contains", "startsWith", "endsWith", "matches", "and", "or",
            "not");
    private static final int DEEPEST = 100;

    private final Syntax syntax;
    private final List<Token> tokens;
    private int at;
    private int depth;

    Parser(Syntax syntax, String text) throws Untranslatable {
        this.syntax = syntax;
        this.tokens = Lexer.cut(syntax, text);
    }

    /// A whole text that is one expression.
    Expr expression() throws Untranslatable {
        var found = binary(1);
        end();
        return found;
    }

    /// A whole text of CUE: imports, then fields or one expression.
    Expr cueFile() throws Untranslatable {
        while (peek().kind() == Token.Kind.NAME && peek().text().equals("import")) {
            imports();
        }
        if (!isLabel()) {
            return expression();
        }
        var struct = new Expr.Struct(fields());
        end();
        return struct;
    }

    private void imports() throws Untranslatable {
        next();
        if (take("(")) {
            while (!take(")")) {
                string();
            }
        } else {
            string();
        }
    }

    private String string() throws Untranslatable {
        var token = next();
        if (token.kind() != Token.Kind.STRING) {
            throw token.unexpected();
        }
        return token.text();
    }

    private boolean isLabel() {
        var first = peek();
        if (first.kind() != Token.Kind.NAME && first.kind() != Token.Kind.STRING) {
            return false;
        }
        var second = tokens.get(Math.min(at + 1, tokens.size() - 1));
        return second.is(":") || (second.is("?") && tokens.get(Math.min(at + 2, tokens.size() - 1)).is(":"));
    }

    private List<Expr.Field> fields() throws Untranslatable {
        var fields = new ArrayList<Expr.Field>();
        while (peek().kind() != Token.Kind.END && !peek().is("}")) {
            if (!isLabel()) {
                throw peek().unexpected();
            }
            var label = next().text();
            boolean optional = take("?");
            expect(":");
            fields.add(new Expr.Field(label, optional, value()));
            take(",");
        }
        return fields;
    }

    /// What stands behind a colon: `a: b: c` is `a: {b: c}`.
    private Expr value() throws Untranslatable {
        deeper();
        if (isLabel()) {
            var label = next().text();
            boolean optional = take("?");
            expect(":");
            var inner = new Expr.Struct(List.of(new Expr.Field(label, optional, value())));
            depth--;
            return inner;
        }
        var found = binary(1);
        depth--;
        return found;
    }

    private Expr binary(int weakest) throws Untranslatable {
        deeper();
        var left = unary();
        while (true) {
            var op = operator();
            var strength = STRENGTH.get(op);
            if (strength == null || strength < weakest) {
                depth--;
                return left;
            }
            next();
            left = new Expr.Binary(op, left, binary(strength + 1));
        }
    }

    private String operator() {
        var token = peek();
        if (token.kind() == Token.Kind.NAME && syntax == Syntax.PLAIN) {
            return switch (token.text()) {
                case "and" -> "&&";
                case "or" -> "||";
                default -> WORDS.contains(token.text()) ? token.text() : "";
            };
        }
        return token.kind() == Token.Kind.SIGN ? token.text() : "";
    }

    private Expr unary() throws Untranslatable {
        var token = peek();
        if (token.is("!") || token.is("-") || isWord(token, "not")) {
            next();
            deeper();
            var operand = new Expr.Unary(token.is("-") ? "-" : "!", unary());
            depth--;
            return operand;
        }
        if (syntax == Syntax.CUE && token.kind() == Token.Kind.SIGN && BOUNDS.contains(token.text())) {
            next();
            return new Expr.Bound(token.text(), unary());
        }
        return primary();
    }

    private Expr primary() throws Untranslatable {
        var token = next();
        return switch (token.kind()) {
            case STRING -> new Expr.Text(token.text());
            case NUMBER -> new Expr.Numeral(token.text());
            case NAME -> named(token);
            case SIGN -> switch (token.text()) {
                case "(" -> parenthesized();
                case "[" -> new Expr.Items(arguments("]"));
                case "{" -> {
                    var struct = new Expr.Struct(fields());
                    expect("}");
                    yield struct;
                }
                case "_|_" -> new Expr.Bottom();
                default -> throw token.unexpected();
            };
            case END -> throw token.unexpected();
        };
    }

    /// An expression, or the list of govaluate's `in ('a', 'b')`.
    private Expr parenthesized() throws Untranslatable {
        var first = binary(1);
        if (syntax == Syntax.CUE || !peek().is(",")) {
            expect(")");
            return first;
        }
        next();
        var items = new ArrayList<Expr>(List.of(first));
        items.addAll(arguments(")"));
        return new Expr.Items(List.copyOf(items));
    }

    private Expr named(Token token) throws Untranslatable {
        switch (token.text()) {
            case "true", "false" -> {
                return new Expr.Bool(token.text().equals("true"));
            }
            case "null", "nil" -> {
                return new Expr.Null();
            }
            default -> {
                if (WORDS.contains(token.text()) && syntax == Syntax.PLAIN) {
                    throw token.unexpected();
                }
            }
        }
        var path = new ArrayList<Step>();
        path.add(new Step.Name(token.text()));
        while (true) {
            if (take(".")) {
                var name = next();
                if (name.kind() != Token.Kind.NAME && name.kind() != Token.Kind.STRING) {
                    throw name.unexpected();
                }
                path.add(new Step.Name(name.text()));
            } else if (peek().is("[")) {
                next();
                path.add(index());
                expect("]");
            } else if (peek().is("(")) {
                next();
                return new Expr.Call(dotted(path, token), arguments(")"));
            } else {
                return new Expr.Ref(List.copyOf(path));
            }
        }
    }

    private Step index() throws Untranslatable {
        var token = next();
        return switch (token.kind()) {
            case STRING -> new Step.Name(token.text());
            case NUMBER -> {
                if (!token.text().matches("\\d{1,6}")) {
                    throw token.unexpected();
                }
                yield new Step.Index(Integer.parseInt(token.text()));
            }
            case NAME, SIGN, END -> throw token.unexpected();
        };
    }

    private static String dotted(List<Step> path, Token token) throws Untranslatable {
        var names = new ArrayList<String>();
        for (var step : path) {
            if (!(step instanceof Step.Name(var name))) {
                throw token.unexpected();
            }
            names.add(name);
        }
        return String.join(".", names);
    }

    private List<Expr> arguments(String close) throws Untranslatable {
        var arguments = new ArrayList<Expr>();
        while (!take(close)) {
            arguments.add(binary(1));
            if (!peek().is(close)) {
                expect(",");
            }
        }
        return List.copyOf(arguments);
    }

    private static boolean isWord(Token token, String word) {
        return token.kind() == Token.Kind.NAME && token.text().equals(word);
    }

    private void deeper() throws Untranslatable {
        if (++depth > DEEPEST) {
            throw new Untranslatable("it is nested too deeply at " + peek().place());
        }
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        var token = tokens.get(at);
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    private boolean take(String sign) {
        if (!peek().is(sign)) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(String sign) throws Untranslatable {
        if (!take(sign)) {
            throw peek().unexpected();
        }
    }

    private void end() throws Untranslatable {
        if (peek().kind() != Token.Kind.END) {
            throw peek().unexpected();
        }
    }
}
