package dev.bellhop.engine.cel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final Facts facts;
    private final Budget.Terms terms;

    CelExpression(String source, CelRuntime.Program program, Facts facts, Budget.Terms terms) {
        this.source = source;
        this.program = program;
        this.facts = facts;
        this.terms = terms;
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

    /// What the compiler read out of the source.
    ///
    /// @param namespace where `compareSecret` looks
    /// @param patterns  the regular expressions that are written out
    /// @param names     all names in it
    /// @param reference the place that the expression names, when it does nothing else
    record Facts(String namespace, Map<String, Pattern> patterns, List<SecretRef> secrets, List<Conjunct> conjuncts,
            Set<String> names, Optional<Reference> reference) {}

    /// Compiles `source` for a Trigger of `namespace`, where `compareSecret` looks.
    public static Compiled compile(String source, String namespace) {
        return CelCompiler.DEFAULT.compile(source, namespace);
    }

    /// Compiles `source` of an action, which sees what [ActionScope] holds, too.
    public static Compiled compileForAction(String source, String namespace) {
        return CelCompiler.ofActions().compile(source, namespace);
    }

    /// Compiles `source` of an action of a dead letter, which sees the [Failure], too.
    public static Compiled compileForDeadLetter(String source, String namespace) {
        return CelCompiler.ofDeadLetters().compile(source, namespace);
    }

    /// Evaluates it over one event. Numbers that are integral become integers; bytes become base64, a timestamp RFC 3339, a
    /// duration `1.5s`, an absent optional null; what is taken from the event as it is stays exactly as it is.
    public Evaluated evaluate(Scope scope) {
        var evaluation = new Evaluation(new Roots(scope), facts, new Budget(terms));
        try {
            var json = ScopedValue.where(Evaluation.CURRENT, evaluation)
                    .call(() -> Results.json(program.trace(evaluation, evaluation)));
            return new Evaluated.Value(facts.reference().map(reference -> reference.in(scope)).orElse(json));
        } catch (LimitReached e) {
            return new Evaluated.Failed(e.why());
        } catch (CelEvaluationException e) {
            return new Evaluated.Failed(Failures.explain(e, source) + remark(scope));
        }
    }

    /// Most that fails for a body of another kind does so because of that.
    private String remark(Scope scope) {
        return reads("body") ? scope.event().body().otherThanObject().map(what -> "; " + what).orElse("") : "";
    }

    /// As written.
    public String source() {
        return source;
    }

    /// Every secret that [#evaluate(Scope)] may look up.
    public List<SecretRef> secrets() {
        return facts.secrets();
    }

    /// What holds of every event that the expression is true of. May be empty, and is never complete.
    public List<Conjunct> conjuncts() {
        return facts.conjuncts();
    }

    /// Whether it may look at `root`, such as `header`.
    public boolean reads(String root) {
        return facts.names().contains(root);
    }

    @Override
    public String toString() {
        return source;
    }
}
