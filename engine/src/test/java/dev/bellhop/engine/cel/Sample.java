package dev.bellhop.engine.cel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.cel.CelExpression.Compiled;
import dev.bellhop.engine.cel.CelExpression.Compiled.Broken;
import dev.bellhop.engine.cel.CelExpression.Compiled.Sound;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.CelExpression.Evaluated.Failed;
import dev.bellhop.engine.cel.CelExpression.Evaluated.Value;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Secrets.Lookup.Found;
import dev.bellhop.engine.secret.Secrets.Lookup.Missing;
import dev.bellhop.engine.secret.Token;

/// An event to evaluate expressions over, the same in tests and documentation.
final class Sample {
    static final String BODY = """
            {
              "ref": "refs/heads/main",
              "after": "1481a2de7b2a7d02428ad93446ab166be7793fbb",
              "size": 5,
              "half": 0.5,
              "id": 1296269,
              "big": 9007199254740993,
              "unsigned": 18446744073709551615,
              "huge": 123456789012345678901234567890,
              "nothing": null,
              "flag": true,
              "list": [1, 2, 3],
              "empty": [],
              "mixed": [1, "a", null, {"k": 9007199254740993}],
              "names": ["b", "a"],
              "csv": "a,b,c",
              "json": "{\\"n\\": [1, {\\"m\\": null}]}",
              "yaml": "a: &x [1, yes, 2020-01-01]\\nb: *x\\n",
              "url": "https://user:p%40ss@example.com:8443/a%20b/c?x=1&x=2&y=%26#top",
              "nested": {"a": {"b": "deep"}, "odd key": 1},
              "umlaut": "Grüße, 世界 🎉"
            }
            """;

    private Sample() {}

    static Scope scope() {
        return scope(BODY);
    }

    static Scope scope(String body) {
        return switch (Body.parse(body.getBytes(StandardCharsets.UTF_8))) {
            case Body.Parsed.Accepted(var accepted) -> scope(accepted);
            case Body.Parsed.NotAccepted(var why) -> throw new IllegalArgumentException(why);
        };
    }

    static Scope scope(Body body) {
        var headers = Headers.of(List.of(Map.entry("x-github-event", "push"), Map.entry("X-Token", "s3cret"),
                Map.entry("Accept", "a/b"), Map.entry("Accept", "c/d")));
        var event = new Event(new EventId("e-1"), Instant.parse("2026-01-02T03:04:05.600Z"), "POST",
                "/team/?name=x&name=y&q=a%20b%2Bc+d&broken=%zz", headers, body);
        var extensions = JsonNodeFactory.instance.objectNode().put("count", 3).put("branch", "main");
        return new Scope(event, extensions, secrets());
    }

    private static Secrets secrets() {
        return ref -> switch (ref.toString()) {
            case "key 'token' of Secret team/sender" -> new Found(Token.of("s3cret\n"));
            case "key 'empty' of Secret team/sender" -> new Found(Token.of(""));
            default -> new Missing(ref + " does not exist");
        };
    }

    static CelExpression sound(String source) {
        return switch (CelExpression.compile(source, "team")) {
            case Sound(var expression) -> expression;
            case Broken broken -> throw new AssertionError(broken.why());
        };
    }

    static Broken broken(String source) {
        return switch (CelExpression.compile(source, "team")) {
            case Sound _ -> throw new AssertionError(source + " compiles");
            case Broken broken -> broken;
        };
    }

    /// The value as JSON, or what went wrong.
    static String outcome(String source) {
        return outcome(CelExpression.compile(source, "team"), scope());
    }

    static String outcome(Compiled compiled, Scope scope) {
        return switch (compiled) {
            case Broken(var _, var _, var why) -> "does not compile: " + why;
            case Sound(var expression) -> outcome(expression.evaluate(scope));
        };
    }

    static String outcome(Evaluated evaluated) {
        return switch (evaluated) {
            case Value(var json) -> json.toString();
            case Failed(var why) -> "error: " + why;
        };
    }
}
