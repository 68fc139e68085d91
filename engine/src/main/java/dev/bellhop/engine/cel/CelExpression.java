package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.bellhop.engine.secret.SecretRef;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;

/// A CEL expression, compiled once and shared by threads. It sees [Scope], calls [CelFunctions], costs at most [CelLimits],
/// and is pure CPU work of microseconds.
public final class CelExpression {
    private final String source;
    private final CelRuntime.Program program;
    private final String namespace;
    private final Map<String, Pattern> patterns;
    private final List<SecretRef> secrets;
    private final List<Conjunct> conjuncts;
    private final CelLimits limits;

    CelExpression(String source, CelRuntime.Program program, String namespace, Map<String, Pattern> patterns,
            List<SecretRef> secrets, List<Conjunct> conjuncts, CelLimits limits) {
        this.source = source;
        this.program = program;
        this.namespace = namespace;
        this.patterns = patterns;
        this.secrets = secrets;
        this.conjuncts = conjuncts;
        this.limits = limits;
    }

    /// What became of a source text.
    public sealed interface Compiled {
        /// It can be evaluated.
        record Sound(CelExpression expression) implements Compiled {}

        /// It cannot; `why` says where, as do `line` and `column` (from 1), and draws a caret under it.
        record Broken(int line, int column, String why) implements Compiled {}
    }

    /// What an event made of an expression.
    public sealed interface Evaluated {
        /// A value, as JSON.
        record Value(JsonNode json) implements Evaluated {}

        /// None; `why` is for the author of the expression.
        record Failed(String why) implements Evaluated {}
    }

    /// Compiles `source` for a Trigger of `namespace`, where `compareSecret` looks.
    public static Compiled compile(String source, String namespace) {
        return CelCompiler.DEFAULT.compile(source, namespace);
    }

    /// Evaluates it over one event. Numbers that are integral become integers; bytes become base64, a timestamp RFC 3339, a
    /// duration `1.5s`, an absent optional null; what is taken from the event as it is stays exactly as it is.
    public Evaluated evaluate(Scope scope) {
        var evaluation = new Evaluation(new Roots(scope), namespace, patterns, limits, System::nanoTime);
        try {
            return ScopedValue.where(Evaluation.CURRENT, evaluation).call(() -> {
                return new Evaluated.Value(Results.json(program.trace(evaluation, evaluation)));
            });
        } catch (LimitReached e) {
            return new Evaluated.Failed(e.getMessage());
        } catch (CelEvaluationException e) {
            return new Evaluated.Failed(Failures.explain(e, source));
        }
    }

    /// As written.
    public String source() {
        return source;
    }

    /// Every secret that [#evaluate(Scope)] may look up.
    public List<SecretRef> secrets() {
        return secrets;
    }

    /// What holds of every event that the expression is true of. May be empty, and is never complete.
    public List<Conjunct> conjuncts() {
        return conjuncts;
    }

    @Override
    public String toString() {
        return source;
    }
}
