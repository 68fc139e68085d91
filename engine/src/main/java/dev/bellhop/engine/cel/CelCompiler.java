package dev.bellhop.engine.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

import com.google.re2j.Pattern;
import dev.bellhop.engine.cel.CelExpression.Compiled;
import dev.bellhop.engine.cel.CelExpression.Compiled.Broken;
import dev.bellhop.engine.cel.CelExpression.Compiled.Sound;
import dev.bellhop.engine.cel.CelExpression.Facts;
import dev.bellhop.engine.secret.SecretRef;
import dev.cel.bundle.Cel;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSource;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.runtime.CelEvaluationException;

/// Compiles expressions under given limits. Shared by threads.
public final class CelCompiler {
    /// Under the usual limits.
    public static final CelCompiler DEFAULT = new CelCompiler(CelLimits.DEFAULT);

    /// Made when the first Trigger has actions: most have none.
    private static final class OfActions {
        static final CelCompiler DEFAULT = new CelCompiler(CelLimits.DEFAULT, System::nanoTime,
                Stream.concat(Roots.ALL.stream(), Roots.OF_ACTIONS.stream()).toList());
    }

    /// Made when the first Trigger has actions for dead letters.
    private static final class OfDeadLetters {
        static final CelCompiler DEFAULT = new CelCompiler(CelLimits.DEFAULT, System::nanoTime,
                Stream.of(Roots.ALL, Roots.OF_ACTIONS, Roots.OF_DEAD_LETTERS).flatMap(List::stream).toList());
    }

    private final CelLimits limits;
    private final Budget.Terms terms;
    private final Cel cel;

    public CelCompiler(CelLimits limits) {
        this(limits, System::nanoTime);
    }

    /// @param nanoTime a clock that only goes forward, for the deadline
    CelCompiler(CelLimits limits, LongSupplier nanoTime) {
        this(limits, nanoTime, Roots.ALL);
    }

    private CelCompiler(CelLimits limits, LongSupplier nanoTime, List<CelRoot> roots) {
        this.limits = limits;
        this.terms = new Budget.Terms(limits, nanoTime);
        this.cel = CelEnvironment.build(limits, roots);
    }

    /// Under the usual limits, with the names that only actions see.
    static CelCompiler ofActions() {
        return OfActions.DEFAULT;
    }

    /// The same, with what actions of dead letters see besides.
    static CelCompiler ofDeadLetters() {
        return OfDeadLetters.DEFAULT;
    }

    /// Why a source text cannot be used, and where.
    private static final class Unusable extends Exception {
        private final transient Broken broken;

        Unusable(CelIssue issue, CelSource source) {
            var at = issue.getSourceLocation();
            this.broken = new Broken(Math.max(1, at.getLine()), Math.max(0, at.getColumn()) + 1,
                    issue.toDisplayString(source));
        }

        Unusable(CelSource source, CelExpr expr, String why) {
            this(CelIssue.formatError(place(source, expr), why), source);
        }

        private static CelSourceLocation place(CelSource source, CelExpr expr) {
            return Optional.ofNullable(source.getPositionsMap().get(expr.id())).flatMap(source::getOffsetLocation)
                    .orElse(CelSourceLocation.of(1, 0));
        }
    }

    /// Compiles `source` for a Trigger of `namespace`, where `compareSecret` looks.
    public Compiled compile(String source, String namespace) {
        try {
            var ast = checked(source);
            var facts = new Facts(namespace, patterns(ast), secrets(ast, namespace), ConjunctFinder.find(ast.getExpr()),
                    Syntax.names(ast.getExpr()), Reference.of(ast.getExpr()));
            return new Sound(new CelExpression(source, cel.createProgram(ast), facts, terms));
        } catch (Unusable e) {
            return e.broken;
        } catch (CelValidationException e) {
            return broken(e);
        } catch (CelEvaluationException e) {
            return new Broken(1, 1, String.valueOf(e.getMessage()));
        }
    }

    private CelAbstractSyntaxTree checked(String source) throws CelValidationException, Unusable {
        var parsed = cel.parse(source).getAst();
        // The parser limits the depth of what is written; macros make it deeper, and checker and planner recurse into it.
        int depth = Syntax.depth(parsed.getExpr());
        if (depth > limits.depth()) {
            throw new Unusable(parsed.getSource(), parsed.getExpr(),
                    "the expression is nested too deeply: " + depth + " levels, the limit is " + limits.depth());
        }
        return cel.check(parsed).getAst();
    }

    private static Broken broken(CelValidationException e) {
        var at = e.getErrors().isEmpty() ? CelSourceLocation.of(1, 0) : e.getErrors().getFirst().getSourceLocation();
        return new Broken(Math.max(1, at.getLine()), Math.max(0, at.getColumn()) + 1, String.valueOf(e.getMessage()));
    }

    private static List<SecretRef> secrets(CelAbstractSyntaxTree ast, String namespace) throws Unusable {
        var secrets = new LinkedHashSet<SecretRef>();
        for (var call : Syntax.calls(ast.getExpr(), "compareSecret")) {
            secrets.add(new SecretRef(namespace, literal(ast, call, 1, "name of the Secret"),
                    literal(ast, call, 0, "key of the Secret")));
        }
        return List.copyOf(secrets);
    }

    private static String literal(CelAbstractSyntaxTree ast, CelExpr call, int index, String what) throws Unusable {
        var argument = call.call().args().get(index);
        var text = text(argument);
        if (text.isEmpty()) {
            throw new Unusable(ast.getSource(), argument,
                    "compareSecret: the " + what
                            + " must be written out as a string, so that it can be read before an event comes");
        }
        return text.get();
    }

    private static Optional<String> text(CelExpr expr) {
        boolean text = expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return text ? Optional.of(expr.constant().stringValue()) : Optional.empty();
    }

    /// Regular expressions that are written out: compiled now, and refused now when they are wrong.
    private Map<String, Pattern> patterns(CelAbstractSyntaxTree ast) throws Unusable {
        var patterns = new HashMap<String, Pattern>();
        for (var argument : regexes(ast.getExpr())) {
            var regex = text(argument);
            if (regex.isPresent()) {
                try {
                    patterns.put(regex.get(), Regexes.compile(regex.get(), limits.regexInstructions()));
                } catch (Regexes.Unusable e) {
                    throw new Unusable(ast.getSource(), argument, e.why());
                }
            }
        }
        return Map.copyOf(patterns);
    }

    private static List<CelExpr> regexes(CelExpr root) {
        var found = new ArrayList<CelExpr>();
        for (var function : Set.of("matches", "translate", "regex.extract", "regex.extractAll")) {
            for (var call : Syntax.calls(root, function)) {
                // `text.matches(regex)` has it first, `matches(text, regex)` second.
                boolean member = call.call().target().isPresent() && !function.startsWith("regex.");
                found.add(call.call().args().get(member ? 0 : 1));
            }
        }
        return found;
    }
}
