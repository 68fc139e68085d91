package dev.bellhop.cli.convert.expression;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.bellhop.cli.convert.draft.Cel;

/// Writes an [Expr] as a filter. Everything that it names has to be there for it to hold, as in the languages it came from; where
/// an expression asks itself whether something is there (`!= _|_`), each alternative is guarded on its own.
final class CelWriter {
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> ARITHMETIC = Set.of("+", "-", "*");

    private final Roots roots;
    private final boolean asks;
    private final Set<String> guards = new LinkedHashSet<>();

    private CelWriter(Roots roots, boolean asks) {
        this.roots = roots;
        this.asks = asks;
    }

    /// `expr` as CEL, a condition.
    static String filter(Expr expr, Roots roots) throws Untranslatable {
        return guarded(expr, roots, asks(expr));
    }

    private static String guarded(Expr expr, Roots roots, boolean asks) throws Untranslatable {
        var writer = new CelWriter(roots, asks);
        var parts = new ArrayList<String>();
        for (var part : parts(expr)) {
            parts.add(writer.condition(part, true));
        }
        var all = new LinkedHashSet<>(writer.guards);
        if (all.isEmpty() && parts.size() == 1) {
            return writer.condition(expr, false);
        }
        all.addAll(parts);
        return String.join(" && ", all);
    }

    private static List<Expr> parts(Expr expr) {
        if (!(expr instanceof Expr.Binary(var op, var left, var right)) || !op.equals("&&")) {
            return List.of(expr);
        }
        var parts = new ArrayList<>(parts(left));
        parts.addAll(parts(right));
        return List.copyOf(parts);
    }

    private static boolean asks(Expr expr) {
        return switch (expr) {
            case Expr.Binary(_, var left, var right) -> right instanceof Expr.Bottom || asks(left) || asks(right);
            case Expr.Unary(_, var operand) -> asks(operand);
            case Expr.Text _,Expr.Numeral _,Expr.Bool _,Expr.Null _,Expr.Bottom _,Expr.Ref _,Expr.Items _,Expr.Call _,Expr.Bound _,Expr.Struct _ ->
                false;
        };
    }

    /// @param within whether it is an operand, and so needs parentheses when it has a weaker operator itself
    private String condition(Expr expr, boolean within) throws Untranslatable {
        return switch (expr) {
            case Expr.Binary(var op, var left, var right) when op.equals("&&") -> conjunction(left, right);
            case Expr.Binary(var op, var left, var right) when op.equals("||") -> {
                var text = alternative(left) + " || " + alternative(right);
                yield within ? "(" + text + ")" : text;
            }
            case Expr.Binary(var op, var left, Expr.Bottom _) when op.equals("!=") || op.equals("==") ->
                asked(left, op.equals("!="));
            case Expr.Unary(var op, var operand) when op.equals("!") -> "!" + operand(operand);
            case Expr.Binary binary -> binary(binary);
            default -> value(expr);
        };
    }

    private String conjunction(Expr left, Expr right) throws Untranslatable {
        return condition(left, true) + " && " + condition(right, true);
    }

    private String alternative(Expr expr) throws Untranslatable {
        if (!asks) {
            return condition(expr, false);
        }
        var own = guarded(expr, roots, true);
        return own.contains(" && ") ? "(" + own + ")" : own;
    }

    private String operand(Expr expr) throws Untranslatable {
        var text = condition(expr, false);
        return expr instanceof Expr.Binary ? "(" + text + ")" : text;
    }

    private String asked(Expr left, boolean there) throws Untranslatable {
        if (!(left instanceof Expr.Ref(var path))) {
            throw new Untranslatable("'_|_' is compared with something that is no field");
        }
        var exists = place(path).exists().orElse("true");
        return there ? exists : exists.contains(" ") ? "!(" + exists + ")" : "!" + exists;
    }

    private String binary(Expr.Binary binary) throws Untranslatable {
        var op = binary.op();
        var left = word(binary.left(), binary.right());
        var right = word(binary.right(), binary.left());
        if (COMPARISONS.contains(op)) {
            return value(left) + " " + op + " " + value(right);
        }
        if (ARITHMETIC.contains(op)) {
            boolean joins = left instanceof Expr.Text || right instanceof Expr.Text;
            if (joins && !op.equals("+")) {
                throw new Untranslatable("'" + op + "' is used with a text");
            }
            return "(" + (joins ? value(left) : number(left)) + " " + op + " " + (joins ? value(right) : number(right))
                    + ")";
        }
        return switch (op) {
            case "=~", "matches" -> value(left) + ".matches(" + value(right) + ")";
            case "!~" -> "!" + value(left) + ".matches(" + value(right) + ")";
            case "contains", "startsWith", "endsWith" -> value(left) + "." + op + "(" + value(right) + ")";
            case "in" -> value(left) + " in " + value(right);
            default -> throw new Untranslatable("operator '" + op + "' has no counterpart");
        };
    }

    /// A literal that is compared with a field, in our words.
    private Expr word(Expr expr, Expr other) {
        return expr instanceof Expr.Text(var text) && other instanceof Expr.Ref(var path)
                ? new Expr.Text(roots.word(path, text))
                : expr;
    }

    /// Numbers of events are doubles, and arithmetic does not mix them with integers.
    private String number(Expr expr) throws Untranslatable {
        return expr instanceof Expr.Numeral(var digits) && !digits.contains(".") ? digits + ".0" : value(expr);
    }

    private String value(Expr expr) throws Untranslatable {
        return switch (expr) {
            case Expr.Text(var text) -> Cel.quote(text);
            case Expr.Numeral(var digits) -> digits;
            case Expr.Bool(var value) -> Boolean.toString(value);
            case Expr.Null _ -> "null";
            case Expr.Ref(var path) -> {
                var place = place(path);
                guards.addAll(place.guards());
                yield place.cel();
            }
            case Expr.Items(var items) -> "[" + values(items) + "]";
            case Expr.Unary(var op, var operand) when op.equals("-") -> "-" + value(operand);
            case Expr.Unary unary -> condition(unary, true);
            case Expr.Binary binary when ARITHMETIC.contains(binary.op()) -> binary(binary);
            case Expr.Binary binary -> "(" + condition(binary, false) + ")";
            case Expr.Call(var name, var args) -> call(name, args);
            case Expr.Bottom _ -> throw new Untranslatable("'_|_' may only be compared with");
            case Expr.Bound(var op, _) ->
                throw new Untranslatable("'" + op + "' without a left side is no condition here");
            case Expr.Struct _ -> throw new Untranslatable("a struct is no condition here");
        };
    }

    private String values(List<Expr> items) throws Untranslatable {
        var values = new ArrayList<String>();
        for (var item : items) {
            values.add(value(item));
        }
        return values.stream().collect(Collectors.joining(", "));
    }

    private String call(String name, List<Expr> args) throws Untranslatable {
        var a = args.isEmpty() ? "" : value(args.get(0));
        var b = args.size() < 2 ? "" : value(args.get(1));
        return switch (name + "/" + args.size()) {
            case "len/1" -> "size(" + a + ")";
            case "strings.Contains/2" -> a + ".contains(" + b + ")";
            case "strings.HasPrefix/2" -> a + ".startsWith(" + b + ")";
            case "strings.HasSuffix/2" -> a + ".endsWith(" + b + ")";
            case "strings.ToLower/1", "lower/1" -> a + ".lowerAscii()";
            case "strings.ToUpper/1", "upper/1" -> a + ".upperAscii()";
            case "strings.TrimSpace/1", "trim/1" -> a + ".trim()";
            case "list.Contains/2" -> b + " in " + a;
            case "strconv.Atoi/1", "int/1" -> "int(" + a + ")";
            case "regexp.Match/2" -> b + ".matches(" + a + ")";
            default -> throw new Untranslatable("function '" + name + "' has no counterpart");
        };
    }

    private Place place(List<Step> path) throws Untranslatable {
        var found = roots.place(path);
        if (found.isEmpty()) {
            throw new Untranslatable("'" + Place.of("", path).cel().substring(path.isEmpty() ? 0 : 1)
                    + "' is not known here");
        }
        return found.get();
    }
}
