package dev.bellhop.engine.cel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.cel.Conjunct.BodyHas;
import dev.bellhop.engine.cel.Conjunct.BodyIn;
import dev.bellhop.engine.cel.Conjunct.BodyStartsWith;
import dev.bellhop.engine.cel.Conjunct.HeaderIn;
import dev.bellhop.engine.event.Headers;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelSelect;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;

/// Reads what must hold out of a syntax tree. It looks through `&&`, and through `||` where both sides ask for values at the
/// same place; it never looks into a comprehension, where a name may mean something else.
///
/// Errors do not disturb it: an expression is true only when both sides of its `&&` are, and when one side of its `||` is.
final class ConjunctFinder {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ConjunctFinder() {}

    static List<Conjunct> find(CelExpr expr) {
        return switch (expr.getKind()) {
            case CALL -> ofCall(expr);
            case SELECT -> expr.select().testOnly() ? has(expr.select()) : isTrue(expr);
            default -> List.of();
        };
    }

    private static List<Conjunct> ofCall(CelExpr expr) {
        var call = expr.call();
        return switch (call.function()) {
            case "_&&_" -> both(call);
            case "_||_" -> either(find(call.args().get(0)), find(call.args().get(1)));
            case "_==_" -> equal(call.args().get(0), call.args().get(1));
            case "@in" -> in(call.args().get(0), call.args().get(1));
            case "startsWith" -> startsWith(call);
            case "match" -> match(call);
            case "_[_]" -> isTrue(expr);
            default -> List.of();
        };
    }

    private static List<Conjunct> both(CelCall and) {
        var all = new ArrayList<Conjunct>();
        and.args().forEach(side -> all.addAll(find(side)));
        return all;
    }

    private static List<Conjunct> either(List<Conjunct> left, List<Conjunct> right) {
        return left.stream().flatMap(one -> right.stream().flatMap(other -> union(one, other).stream())).distinct()
                .toList();
    }

    private static Optional<Conjunct> union(Conjunct left, Conjunct right) {
        if (left.equals(right)) {
            return Optional.of(left);
        }
        if (left instanceof BodyIn(var path, var one) && right instanceof BodyIn(var same, var other)
                && path.equals(same)) {
            return Optional.of(new BodyIn(path, joined(one, other)));
        }
        if (left instanceof HeaderIn(var name, var one) && right instanceof HeaderIn(var same, var other)
                && name.equals(same)) {
            return Optional.of(new HeaderIn(name, joined(one, other)));
        }
        return Optional.empty();
    }

    private static <T> Set<T> joined(Set<T> one, Set<T> other) {
        var joined = new HashSet<>(one);
        joined.addAll(other);
        return joined;
    }

    private static List<Conjunct> has(CelSelect select) {
        return bodyPath(select.operand()).<List<Conjunct>>map(path -> List.of(new BodyHas(child(path, select.field()))))
                .orElse(List.of());
    }

    private static List<Conjunct> isTrue(CelExpr expr) {
        return isOneOf(expr, Set.of(JSON.booleanNode(true)));
    }

    private static List<Conjunct> equal(CelExpr left, CelExpr right) {
        var constant = scalar(right);
        if (constant.isPresent()) {
            return isOneOf(left, Set.of(constant.get()));
        }
        return scalar(left).map(value -> isOneOf(right, Set.of(value))).orElse(List.of());
    }

    private static List<Conjunct> in(CelExpr element, CelExpr list) {
        if (list.getKind() != Kind.LIST || list.list().elements().isEmpty()) {
            return List.of();
        }
        var values = new HashSet<JsonNode>();
        for (var each : list.list().elements()) {
            var value = scalar(each);
            if (value.isEmpty()) {
                return List.of();
            }
            values.add(value.get());
        }
        return isOneOf(element, values);
    }

    private static List<Conjunct> isOneOf(CelExpr expr, Set<JsonNode> values) {
        var path = bodyPath(expr);
        if (path.isPresent()) {
            return List.of(new BodyIn(path.get(), values));
        }
        return headerName(expr).flatMap(name -> headerIn(name, values)).<List<Conjunct>>map(List::of).orElse(List.of());
    }

    /// Not for the empty string: an absent header counts as one.
    private static Optional<Conjunct> headerIn(String name, Set<JsonNode> values) {
        boolean texts = values.stream().allMatch(value -> value.isTextual() && !value.textValue().isEmpty());
        return texts
                ? Optional.of(new HeaderIn(name, Set.copyOf(values.stream().map(JsonNode::textValue).toList())))
                : Optional.empty();
    }

    private static List<Conjunct> startsWith(CelCall call) {
        if (call.target().isEmpty() || call.args().size() != 1) {
            return List.of();
        }
        var prefix = text(call.args().getFirst());
        var path = bodyPath(call.target().get());
        return prefix.isPresent() && path.isPresent()
                ? List.of(new BodyStartsWith(path.get(), prefix.get()))
                : List.of();
    }

    private static List<Conjunct> match(CelCall call) {
        boolean onHeader = call.target().map(ConjunctFinder::isHeader).orElse(false) && call.args().size() == 2;
        var name = onHeader ? text(call.args().get(0)) : Optional.<String>empty();
        var value = onHeader ? text(call.args().get(1)) : Optional.<String>empty();
        boolean useful = name.isPresent() && value.isPresent() && !value.get().isEmpty();
        return useful ? List.of(new HeaderIn(Headers.canonical(name.get()), Set.of(value.get()))) : List.of();
    }

    /// The header that `header.canonical('…')` reads.
    private static Optional<String> headerName(CelExpr expr) {
        if (expr.getKind() != Kind.CALL || !expr.call().function().equals("canonical")
                || expr.call().args().size() != 1) {
            return Optional.empty();
        }
        boolean onHeader = expr.call().target().map(ConjunctFinder::isHeader).orElse(false);
        return onHeader ? text(expr.call().args().getFirst()).map(Headers::canonical) : Optional.empty();
    }

    private static boolean isHeader(CelExpr expr) {
        return expr.getKind() == Kind.IDENT && expr.ident().name().equals("header");
    }

    /// The keys from the body to what `expr` reads: `body.a['b']` is `[a, b]`.
    private static Optional<List<String>> bodyPath(CelExpr expr) {
        return switch (expr.getKind()) {
            case IDENT -> expr.ident().name().equals("body") ? Optional.of(List.of()) : Optional.empty();
            case SELECT -> expr.select().testOnly()
                    ? Optional.empty()
                    : bodyPath(expr.select().operand()).map(path -> child(path, expr.select().field()));
            case CALL -> expr.call().function().equals("_[_]")
                    ? text(expr.call().args().get(1))
                            .flatMap(key -> bodyPath(expr.call().args().get(0)).map(path -> child(path, key)))
                    : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<String> child(List<String> path, String key) {
        var longer = new ArrayList<>(path);
        longer.add(key);
        return longer;
    }

    private static Optional<String> text(CelExpr expr) {
        return scalar(expr).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Optional<JsonNode> scalar(CelExpr expr) {
        if (expr.getKind() != Kind.CONSTANT) {
            return Optional.empty();
        }
        return switch (expr.constant().getKind()) {
            case STRING_VALUE -> Optional.of(JSON.textNode(expr.constant().stringValue()));
            case BOOLEAN_VALUE -> Optional.of(JSON.booleanNode(expr.constant().booleanValue()));
            case NULL_VALUE -> Optional.of(JSON.nullNode());
            default -> Optional.empty();
        };
    }
}
