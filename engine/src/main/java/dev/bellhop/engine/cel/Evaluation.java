package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.google.re2j.Pattern;
import dev.bellhop.engine.cel.CelExpression.Facts;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelVariableResolver;

/// One run of one expression: what its names mean and what it may still spend. Functions that need either find the run that
/// calls them in [#current()].
final class Evaluation implements CelVariableResolver, CelEvaluationListener {
    static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

    /// Strings below are not worth asking where they come from.
    private static final int SHORT = 64;

    private final Roots roots;
    private final Facts facts;
    private final Budget budget;

    Evaluation(Roots roots, Facts facts, Budget budget) {
        this.roots = roots;
        this.facts = facts;
        this.budget = budget;
    }

    static Evaluation current() {
        return CURRENT.get();
    }

    Budget budget() {
        return budget;
    }

    @Override
    public Optional<Object> find(String name) {
        return roots.find(name);
    }

    Secrets.Lookup secret(String name, String key) {
        return roots.secrets().find(new SecretRef(facts.namespace(), name, key));
    }

    /// The regular expression, compiled: with the expression when it was written out there, else now.
    Pattern pattern(String regex) throws Regexes.Unusable {
        var ready = facts.patterns().get(regex);
        if (ready != null) {
            return ready;
        }
        budget.spend(regex.length());
        return Regexes.compile(regex, budget.limits().regexInstructions());
    }

    /// Called by CEL with each node's value. What a node takes from the event costs nothing more, what it makes does.
    @Override
    public void callback(CelExpr expr, Object value) {
        budget.step();
        switch (value) {
            case Boolean _,Double _,Long _ -> {}
            case String s when s.length() > SHORT && expr.getKind() == Kind.CALL -> budget.characters(s.length());
            case CelByteString bytes when expr.getKind() == Kind.CALL -> budget.characters(bytes.size());
            case List<?> list when expr.getKind() == Kind.CALL -> budget.size(list.size());
            case List<?> list when expr.getKind() == Kind.LIST -> weigh(list);
            case Map<?, ?> map when expr.getKind() == Kind.MAP -> weigh(map);
            default -> {}
        }
    }

    /// Pays for everything below a new list or map: a few nested literals can make a value that is small in memory and takes
    /// years to walk, and comparing or printing it walks it in one step.
    private void weigh(Object value) {
        switch (value) {
            case List<?> list -> {
                budget.spend(list.size());
                list.forEach(this::weigh);
            }
            case Map<?, ?> map -> {
                budget.spend(map.size());
                map.values().forEach(this::weigh);
            }
            default -> {}
        }
    }
}
