package dev.bellhop.engine.policy;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Compiled;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup;

/// A CEL expression whose value is a key: something to compare events by, and to store. It sees what a filter sees after
/// the interceptors, but no Secrets.
public final class KeyExpression {
    private static final int MAX_LENGTH = 200;
    private static final Secrets NO_SECRETS = _ -> new Lookup.Missing("a key may not ask for Secrets");
    /// What is stored of these has no credentials any more; a key must not bring them back.
    private static final List<String> ROOTS_WITH_CREDENTIALS = List.of("header", "query", "requestURL");

    private final CelExpression expression;
    private final boolean disguised;

    private KeyExpression(CelExpression expression) {
        this.expression = expression;
        disguised = ROOTS_WITH_CREDENTIALS.stream().anyMatch(expression::reads);
    }

    /// What became of a source text.
    sealed interface Read {
        /// It can be used.
        record Sound(KeyExpression key) implements Read {}

        /// It cannot; `why` follows the field's path in a sentence.
        record Broken(String why) implements Read {}
    }

    /// The key of one event.
    sealed interface Key {
        /// This text. What an expression takes from headers or the query is stored as its SHA-256, for it may be secret.
        record Value(String text) implements Key {}

        /// None: the value is null or an empty string.
        record None() implements Key {}

        /// None: the expression failed.
        record Failed(String why) implements Key {}
    }

    static Read compile(String source, String namespace) {
        return switch (CelExpression.compile(source, namespace)) {
            case Compiled.Broken(int line, int column, var why) ->
                new Read.Broken("does not compile at " + line + ":" + column + ": " + why);
            case Compiled.Sound(var expression) when !expression.secrets().isEmpty() ->
                new Read.Broken("asks for a Secret with compareSecret: keys are stored, compare in an interceptor");
            case Compiled.Sound(var expression) -> new Read.Sound(new KeyExpression(expression));
        };
    }

    /// The key of `event`; the same event has the same key always.
    Key of(Event event, ObjectNode extensions) {
        return switch (expression.evaluate(new Scope(event, extensions, NO_SECRETS))) {
            case Evaluated.Failed(var why) -> new Key.Failed(why);
            case Evaluated.Value(var json) when json.isNull() || (json.isTextual() && json.textValue().isEmpty()) ->
                new Key.None();
            case Evaluated.Value(var json) -> new Key.Value(text(json));
        };
    }

    private String text(JsonNode json) {
        var text = json.isContainerNode() ? json.toString() : json.asText();
        return disguised ? "sha256:" + Fingerprint.of(text) : Fingerprint.whenLonger(MAX_LENGTH, text);
    }

    @Override
    public String toString() {
        return expression.source();
    }
}
