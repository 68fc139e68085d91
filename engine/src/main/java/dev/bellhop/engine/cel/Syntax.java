package dev.bellhop.engine.cel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;

/// Walks over syntax trees, without recursion: it is what keeps recursion over them in bounds.
final class Syntax {
    private record Place(CelExpr expr, int depth) {}

    private Syntax() {}

    /// How many nodes lie on the longest way down.
    static int depth(CelExpr root) {
        var open = new ArrayDeque<Place>(List.of(new Place(root, 1)));
        int deepest = 0;
        while (!open.isEmpty()) {
            var place = open.pop();
            deepest = Math.max(deepest, place.depth());
            children(place.expr()).forEach(child -> open.push(new Place(child, place.depth() + 1)));
        }
        return deepest;
    }

    /// All calls of `function`.
    static List<CelExpr> calls(CelExpr root, String function) {
        var found = new ArrayList<CelExpr>();
        var open = new ArrayDeque<CelExpr>(List.of(root));
        while (!open.isEmpty()) {
            var expr = open.pop();
            if (expr.getKind() == Kind.CALL && expr.call().function().equals(function)) {
                found.add(expr);
            }
            children(expr).forEach(open::push);
        }
        return found;
    }

    /// All names that stand for something: roots, and variables of comprehensions.
    static Set<String> names(CelExpr root) {
        var names = new HashSet<String>();
        var open = new ArrayDeque<CelExpr>(List.of(root));
        while (!open.isEmpty()) {
            var expr = open.pop();
            if (expr.getKind() == Kind.IDENT) {
                names.add(expr.ident().name());
            }
            children(expr).forEach(open::push);
        }
        return Set.copyOf(names);
    }

    private static Stream<CelExpr> children(CelExpr expr) {
        return switch (expr.getKind()) {
            case NOT_SET, CONSTANT, IDENT -> Stream.empty();
            case SELECT -> Stream.of(expr.select().operand());
            case CALL -> Stream.concat(expr.call().target().stream(), expr.call().args().stream());
            case LIST -> expr.list().elements().stream();
            case STRUCT -> expr.struct().entries().stream().map(CelExpr.CelStruct.Entry::value);
            case MAP -> expr.map().entries().stream().flatMap(entry -> Stream.of(entry.key(), entry.value()));
            case COMPREHENSION -> {
                var fold = expr.comprehension();
                yield Stream.of(fold.iterRange(), fold.accuInit(), fold.loopCondition(), fold.loopStep(),
                        fold.result());
            }
        };
    }
}
