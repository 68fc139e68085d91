package dev.bellhop.engine.action;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.json.JsonText;
import dev.bellhop.engine.json.JsonText.Escapes;
import org.jspecify.annotations.Nullable;

/// One rendering of a Trigger's actions: what their expressions see, and what goes wrong. Of one thread.
final class Rendering {
    /// Each expression has limits of its own; this is for hundreds of them.
    static final Duration LONGEST = Duration.ofSeconds(5);
    /// API servers take 3 MiB; actions that repeat a whole body must not fill the memory of a shared listener.
    static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private final Shared shared;
    private final Scope scope;

    /// What all steps of an event spend together.
    private static final class Shared {
        final long end = System.nanoTime() + LONGEST.toNanos();
        final List<String> problems = new ArrayList<>();
        long characters;
    }

    Rendering(Scope scope) {
        this(new Shared(), scope);
    }

    private Rendering(Shared shared, Scope scope) {
        this.shared = shared;
        this.scope = scope;
    }

    /// The same rendering, seeing something else.
    Rendering in(Scope other) {
        return new Rendering(shared, other);
    }

    Scope scope() {
        return scope;
    }

    /// What `expression`, which stands at `path`, gives; a copy, for the value may be a part of the event's own tree. Null when
    /// it fails.
    @Nullable
    JsonNode value(String path, CelExpression expression) {
        if (System.nanoTime() - shared.end > 0) {
            fail(path, "the expressions of the actions together take longer than " + LONGEST.toSeconds() + " s");
            return null;
        }
        return switch (expression.evaluate(scope)) {
            case Evaluated.Failed(var why) -> {
                fail(path, "expression \"" + expression.source() + "\" failed: " + why);
                yield null;
            }
            case Evaluated.Value(var json) -> weighed(path, json) ? json.deepCopy() : null;
        };
    }

    private boolean weighed(String path, JsonNode json) {
        shared.characters += weight(json);
        if (shared.characters > MOST_CHARACTERS) {
            fail(path, "the actions would have more than " + MOST_CHARACTERS
                    + " characters; put smaller parts of the event in");
            return false;
        }
        return true;
    }

    private static long weight(JsonNode json) {
        if (json.isTextual()) {
            return json.textValue().length();
        }
        long weight = 8;
        for (var field : json.properties()) {
            weight += field.getKey().length() + weight(field.getValue());
        }
        if (json.isArray()) {
            for (var item : json) {
                weight += weight(item);
            }
        }
        return weight;
    }

    void fail(String path, String why) {
        shared.problems.add(path + ": " + why);
    }

    List<String> problems() {
        return shared.problems;
    }

    /// What `value` becomes within a text: strings as they are, nothing for null, everything else as compact JSON.
    static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return JsonText.wellFormed(value.isTextual() ? value.textValue() : JsonText.compact(value, Escapes.NEEDED));
    }
}
