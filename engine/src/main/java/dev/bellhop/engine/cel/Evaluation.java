package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

import com.google.re2j.Pattern;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import dev.cel.runtime.CelVariableResolver;

/// One run of one expression: what its names mean and what it has left to spend. Functions that need either find it in
/// [#current()].
final class Evaluation implements CelVariableResolver, CelEvaluationListener {
    static final ScopedValue<Evaluation> CURRENT = ScopedValue.newInstance();

    /// Reading the clock costs as much as evaluating a node.
    private static final int STEPS_PER_CLOCK_READING = 4;

    private final Roots roots;
    private final String namespace;
    private final Map<String, Pattern> patterns;
    private final CelLimits limits;
    private final LongSupplier nanoTime;
    private final long end;
    private long left;
    private int steps;

    Evaluation(Roots roots, String namespace, Map<String, Pattern> patterns, CelLimits limits, LongSupplier nanoTime) {
        this.roots = roots;
        this.namespace = namespace;
        this.patterns = patterns;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.end = nanoTime.getAsLong() + limits.deadline().toNanos();
        this.left = limits.work();
    }

    /// The run that calls the function that asks.
    static Evaluation current() {
        return CURRENT.get();
    }

    @Override
    public Optional<Object> find(String name) {
        return roots.find(name);
    }

    Secrets.Lookup secret(String name, String key) {
        return roots.secrets().find(new SecretRef(namespace, name, key));
    }

    /// The regular expression, compiled: with the expression when it was written out there, else now.
    Pattern pattern(String regex) throws Regexes.Unusable {
        var ready = patterns.get(regex);
        if (ready != null) {
            return ready;
        }
        spend(regex.length());
        return Regexes.compile(regex, limits.regexInstructions());
    }

    /// Called by CEL with each node's value.
    @Override
    public void callback(CelExpr expr, Object value) {
        spend(1);
        if (++steps % STEPS_PER_CLOCK_READING == 0) {
            checkClock();
        }
        switch (value) {
            case Boolean _, Double _, Long _ -> {}
            case String s when s.length() > 64 && expr.getKind() == Kind.CALL -> made(s.length());
            case CelByteString b when expr.getKind() == Kind.CALL -> made(b.size());
            case List<?> list when expr.getKind() == Kind.CALL -> checkSize(list.size());
            case List<?> list when expr.getKind() == Kind.LIST -> weigh(list);
            case Map<?, ?> map when expr.getKind() == Kind.MAP -> weigh(map);
            default -> {}
        }
    }

    /// Says that a function is about to make a string of so many characters, or as many bytes.
    void made(long characters) {
        checkSize(characters);
        spend(characters / 16);
    }

    /// Says that a function is about to make a list of so many elements.
    void madeElements(long elements) {
        checkSize(elements);
        spend(elements);
    }

    /// Takes units of work out of the budget before they are done.
    void spend(long work) {
        left -= work;
        if (left < 0) {
            throw new LimitReached("the expression does too much work: more than " + limits.work() + " units");
        }
    }

    /// Checks a value that is being made bit by bit.
    void checkSize(long size) {
        if (size > limits.valueSize()) {
            throw new LimitReached("the expression makes a value of size " + size + "; the limit is " + limits.valueSize());
        }
    }

    private void checkClock() {
        if (nanoTime.getAsLong() - end > 0) {
            throw new LimitReached("the expression takes longer than " + limits.deadline().toMillis() + " ms");
        }
    }

    /// Pays for everything below a new list or map: a few nested literals can make a value that is small in memory and takes
    /// years to walk, and comparing or printing it walks it in one step.
    private void weigh(Object value) {
        switch (value) {
            case List<?> list -> {
                spend(list.size());
                list.forEach(this::weigh);
            }
            case Map<?, ?> map -> {
                spend(map.size());
                map.values().forEach(this::weigh);
            }
            default -> {}
        }
    }
}
