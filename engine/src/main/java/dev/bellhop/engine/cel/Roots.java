package dev.bellhop.engine.cel;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.secret.Secrets;
import dev.cel.common.CelVarDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;

/// The names an expression can see, made when it asks for them.
final class Roots {
    private static final MapType MAP = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final MapType STRINGS = MapType.create(SimpleType.STRING, SimpleType.STRING);

    /// What each name is, for the compiler and the documentation.
    static final List<CelRoot> ALL = List.of(
            new CelRoot("body", "map(string, dyn)",
                    "the body of the event, a JSON object; `dyn(body)` may be a list, or null when it is not JSON"),
            new CelRoot("header", "map(string, dyn)", "the headers: names in canonical form, each a list of strings"),
            new CelRoot("extensions", "map(string, dyn)", "what interceptors before this one added"),
            new CelRoot("requestURL", "string", "path and query as the sender wrote them"),
            new CelRoot("query", "map(string, string)",
                    "the parameters of the query, decoded; several values of one name are joined by a comma"),
            new CelRoot("raw", "string", "the body as text, exactly as it came, whatever it is"),
            new CelRoot("rawBytes", "bytes", "the same as bytes, for what is not text"),
            new CelRoot("oldBody", "map(string, dyn)",
                    "what was there before, for a change that an EventSource brings; otherwise empty"),
            new CelRoot("event", "map(string, dyn)",
                    "`id` (string), `time` (timestamp), `method` (string), `source` (string: `http`, or the kind of the "
                            + "EventSource), `type` and `subject` (strings, empty for http), and what the EventSource adds"));

    /// What expressions of actions see besides.
    static final List<CelRoot> OF_ACTIONS = List.of(
            new CelRoot("params", "map(string, dyn)", "the values of the Trigger's bindings, each a string"),
            new CelRoot("each", "dyn", "with `forEach`, the item that the action is carried out for; otherwise null"),
            new CelRoot("index", "int", "the place of `each` among the items, from 0"));

    /// What expressions of a dead letter's actions see besides that.
    static final List<CelRoot> OF_DEAD_LETTERS = List.of(new CelRoot("failure", "map(string, dyn)",
            "why the delivery is given up: `step` and `message` (strings), `attempts` (int)"));

    private final Scope scope;

    Roots(Scope scope) {
        this.scope = scope;
    }

    static List<CelVarDecl> declarations(List<CelRoot> roots) {
        return roots.stream().map(root -> CelVarDecl.newVarDeclaration(root.name(), type(root.type()))).toList();
    }

    private static CelType type(String written) {
        return switch (written) {
            case "map(string, dyn)" -> MAP;
            case "map(string, string)" -> STRINGS;
            case "string" -> SimpleType.STRING;
            case "bytes" -> SimpleType.BYTES;
            case "int" -> SimpleType.INT;
            case "dyn" -> SimpleType.DYN;
            default -> throw new IllegalArgumentException(written);
        };
    }

    Secrets secrets() {
        return scope.secrets();
    }

    Optional<Object> find(String name) {
        var event = scope.event();
        return switch (name) {
            case "body" -> Optional.of(JsonValues.of(event.body().json()));
            case "header" -> Optional.of(new HeaderMap(event.headers()));
            case "extensions" -> Optional.of(JsonValues.of(scope.extensions()));
            case "requestURL" -> Optional.of(event.requestUrl());
            case "query" -> Optional.of(query(event.requestUrl()));
            case "raw" -> Optional.of(new String(event.body().bytes(), StandardCharsets.UTF_8));
            case "rawBytes" -> Optional.of(CelByteString.of(event.body().bytes()));
            case "oldBody" -> Optional.of(oldBody(event.origin()));
            case "event" -> Optional.of(facts(event));
            default -> scope.action().flatMap(action -> find(name, action));
        };
    }

    private static Optional<Object> find(String name, ActionScope action) {
        return switch (name) {
            case "params" -> Optional.of(JsonValues.of(action.params()));
            case "each" -> Optional.of(JsonValues.of(action.each()));
            case "index" -> Optional.of((long) action.index());
            case "failure" -> action.failure().map(failure -> Map.of("step", failure.step(), "message",
                    failure.message(), "attempts", (long) failure.attempts()));
            default -> Optional.empty();
        };
    }

    private static Object oldBody(Origin origin) {
        return switch (origin) {
            case Origin.Http _ -> Map.of();
            case Origin.Sourced sourced -> sourced.oldBody().map(JsonValues::of).orElse(Map.of());
        };
    }

    private static Map<String, Object> facts(Event event) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("id", event.id().value());
        switch (event.origin()) {
            case Origin.Http _ -> {
                facts.put("source", "http");
                facts.put("type", "");
                facts.put("subject", "");
                facts.put("time", event.receivedAt());
            }
            case Origin.Sourced sourced -> {
                facts.put("source", sourced.source());
                facts.put("type", sourced.type());
                facts.put("subject", sourced.subject());
                facts.put("time", sourced.time());
                sourced.facts().properties()
                        .forEach(fact -> facts.putIfAbsent(fact.getKey(), JsonValues.of(fact.getValue())));
            }
        }
        facts.put("method", event.method());
        return facts;
    }

    private static Map<String, String> query(String requestUrl) {
        int mark = requestUrl.indexOf('?');
        return mark < 0 ? Map.of() : Urls.joined(Urls.query(requestUrl.substring(mark + 1)));
    }
}
