package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.Conjunct;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup;

/// The interceptor `cel`: a filter that must be true, and overlays, values that it computes and adds. Overlays see what
/// earlier interceptors added, not each other.
record CelInterceptor(String name, Optional<CelExpression> filter, List<Overlay> overlays) implements Interceptor {
    CelInterceptor {
        overlays = List.copyOf(overlays);
    }

    /// A computed value and where it goes.
    record Overlay(OverlayKey key, CelExpression expression) {}

    /// Makes it from its params; what does not compile is noted there.
    static Optional<Interceptor> compile(String name, Fields params, String namespace) {
        var filter = expression(params, "filter", namespace);
        var overlays = new ArrayList<Overlay>();
        for (var overlay : params.objects("overlays")) {
            var key = key(overlay);
            if (!overlay.has("expression")) {
                overlay.problem("expression", "is missing: write what the value is");
            }
            expression(overlay, "expression", namespace)
                    .ifPresent(expression -> key.ifPresent(place -> overlays.add(new Overlay(place, expression))));
        }
        if (!params.has("filter") && !params.has("overlays")) {
            params.problem("say nothing to do: set filter, overlays or both");
        }
        return Optional.of(new CelInterceptor(name, filter, overlays));
    }

    private static Optional<CelExpression> expression(Fields fields, String field, String namespace) {
        return fields.text(field).flatMap(source -> switch (CelExpression.compile(source, namespace)) {
            case CelExpression.Compiled.Sound(var expression) -> Optional.of(expression);
            case CelExpression.Compiled.Broken(int line, int column, var why) -> {
                fields.invalidExpression(field, "does not compile at " + line + ":" + column + ": " + why);
                yield Optional.empty();
            }
        });
    }

    private static Optional<OverlayKey> key(Fields overlay) {
        var source = overlay.required("key", "say where in the extensions the value goes");
        if (source.isEmpty()) {
            return Optional.empty();
        }
        return switch (OverlayKey.parse(source)) {
            case OverlayKey.Parsed.Sound(var key) -> Optional.of(key);
            case OverlayKey.Parsed.Broken(var why) -> {
                overlay.problem("key", why);
                yield Optional.empty();
            }
        };
    }

    @Override
    public Decision intercept(Event event, ObjectNode extensions, Secrets secrets) {
        var scope = new Scope(event, extensions, secrets);
        return filter.flatMap(expression -> objection(expression, scope)).orElseGet(() -> overlay(scope));
    }

    private Optional<Decision> objection(CelExpression expression, Scope scope) {
        return switch (expression.evaluate(scope)) {
            case Evaluated.Value(var json) when json.isBoolean() && json.booleanValue() -> Optional.empty();
            case Evaluated.Value _ -> Optional.of(
                    new Decision.Filtered(name, "expression " + expression.source() + " did not return true"));
            case Evaluated.Failed(var why) -> Optional.of(
                    failed("error evaluating cel expression: " + explain(expression, why), expression, scope));
        };
    }

    private Decision overlay(Scope scope) {
        var added = JsonNodeFactory.instance.objectNode();
        for (var overlay : overlays) {
            switch (overlay.expression().evaluate(scope)) {
                case Evaluated.Value(var json) -> {
                    // A copy: the value may be a part of the event's own tree.
                    var complaint = overlay.key().set(added, json.deepCopy());
                    if (complaint.isPresent()) {
                        return new Decision.Failed(name, complaint.get(), false);
                    }
                }
                case Evaluated.Failed(var why) -> {
                    return failed(explain(overlay.expression(), why), overlay.expression(), scope);
                }
            }
        }
        return new Decision.Continue(added);
    }

    private static String explain(CelExpression expression, String why) {
        return "expression \"" + expression.source() + "\" failed to evaluate: " + why;
    }

    /// Worth another try only when a Secret that the expression asks for is not there.
    private Decision failed(String why, CelExpression expression, Scope scope) {
        boolean secretMissing = expression.secrets().stream()
                .anyMatch(ref -> scope.secrets().find(ref) instanceof Lookup.Missing);
        return new Decision.Failed(name, why, secretMissing);
    }

    @Override
    public List<SecretRef> secrets() {
        return Stream.concat(filter.stream(), overlays.stream().map(Overlay::expression))
                .flatMap(expression -> expression.secrets().stream()).distinct().toList();
    }

    @Override
    public List<Conjunct> conjuncts() {
        return filter.map(CelExpression::conjuncts).orElse(List.of());
    }
}
