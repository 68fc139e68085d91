package dev.bellhop.engine.cel;

import static dev.bellhop.engine.cel.Definition.BOOL;
import static dev.bellhop.engine.cel.Definition.DYN;
import static dev.bellhop.engine.cel.Definition.INT;
import static dev.bellhop.engine.cel.Definition.LIST;
import static dev.bellhop.engine.cel.Definition.MAP;
import static dev.bellhop.engine.cel.Definition.STRING;
import static dev.bellhop.engine.cel.Definition.member;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.Secrets.Lookup.Found;
import dev.bellhop.engine.secret.Secrets.Lookup.Missing;
import dev.cel.common.values.NullValue;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// The functions that Tekton Triggers adds to CEL, with its meaning.
final class TektonFunctions {
    static final List<Definition> ALL = List.of(
            Definition.of("match",
                    "Whether the first value of a header, whose name may have any case, is exactly this.",
                    "header.match('x-github-event', 'push')", "true",
                    member(BOOL, a -> header(a[0], (String) a[1]).equals(a[2]), MAP, STRING, STRING)),
            Definition.of("canonical",
                    "The first value of a header, whose name may have any case; empty when it is absent.",
                    "header.canonical('x-github-event')", "\"push\"",
                    member(STRING, a -> header(a[0], (String) a[1]), MAP, STRING)),
            Definition.of("truncate", "The first n bytes of a string in UTF-8.", "body.after.truncate(7)",
                    "\"1481a2d\"",
                    member(STRING, a -> truncate((String) a[0], (long) a[1]), STRING, INT)),
            Definition.of("compareSecret",
                    """
                            Whether a string is the value of this key of this Secret in the Trigger's namespace, in constant time. \
                            Key and name must be written out; a third argument, a namespace, has no effect.""",
                    "header.canonical('X-Token').compareSecret('token', 'sender')", "true",
                    member(BOOL, a -> compareSecret((String) a[0], (String) a[1], (String) a[2]), STRING, STRING,
                            STRING),
                    member(BOOL, a -> compareSecret((String) a[0], (String) a[1], (String) a[2]), STRING, STRING,
                            STRING,
                            STRING)),
            Definition.of("parseJSON", "The object that a string holds as JSON.", "'{\"a\": [1, 2]}'.parseJSON().a[1]",
                    "2",
                    member(MAP, a -> Parsers.json((String) a[0]), STRING)),
            Definition.of("parseYAML", "The mapping that a string holds as YAML.", "'a: [1, 2]'.parseYAML().a[1]", "2",
                    member(MAP, a -> Parsers.yaml((String) a[0]), STRING)),
            Definition.of("parseURL", """
                    The parts of a URL: `scheme`, `host`, `path`, `rawQuery`, `fragment`, `query` (joined by commas), \
                    `queryStrings` (lists), and `auth` (`username`, `password`) when it has one.""",
                    "'https://example.com/a?b=c'.parseURL().query.b", "\"c\"",
                    member(MAP, a -> Urls.parse((String) a[0]), STRING)),
            Definition.of("marshalJSON",
                    "A map or list as compact JSON, as Go writes it: keys sorted, `<`, `>` and `&` escaped.",
                    "{'b': [1, 2.5], 'a': '<'}.marshalJSON()", "\"{\\\"a\\\":\\\"\\\\u003c\\\",\\\"b\\\":[1,2.5]}\"",
                    member(STRING, a -> GoJson.write(a[0]), MAP), member(STRING, a -> GoJson.write(a[0]), LIST)),
            Definition.of("first", "The first element of a list; null when it is empty.", "[1, 2].first()", "1",
                    member(DYN, a -> ((List<?>) a[0]).isEmpty() ? NullValue.NULL_VALUE : ((List<?>) a[0]).getFirst(),
                            LIST)),
            Definition.of("last", "The last element of a list; null when it is empty.",
                    "body.ref.split('/').last()", "\"main\"",
                    member(DYN, a -> ((List<?>) a[0]).isEmpty() ? NullValue.NULL_VALUE : ((List<?>) a[0]).getLast(),
                            LIST)),
            Definition.of("translate",
                    """
                            Every match of a regular expression (RE2) replaced by a text in which `$1` and `${name}` stand for groups.""",
                    "'v1.2'.translate('v([0-9]+)[.]([0-9]+)', '$2-${1}')", "\"2-1\"",
                    member(STRING, a -> translate((String) a[0], (String) a[1], (String) a[2]), STRING, STRING,
                            STRING)));

    private TektonFunctions() {}

    private static String header(Object headers, String name) {
        if (headers instanceof HeaderMap event) {
            return event.first(name);
        }
        var values = ((Map<?, ?>) headers).get(Headers.canonical(name));
        return values instanceof List<?> list && !list.isEmpty() ? list.getFirst().toString() : "";
    }

    private static String truncate(String text, long length) {
        if (length < 0) {
            throw new CelInvalidArgumentException("truncate: the length is negative: " + length);
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= length ? text : new String(bytes, 0, (int) length, StandardCharsets.UTF_8);
    }

    private static boolean compareSecret(String presented, String key, String name) {
        return switch (Evaluation.current().secret(name, key)) {
            case Found(var token) when token.isEmpty() ->
                throw new CelInvalidArgumentException(
                        "compareSecret: key '" + key + "' of Secret '" + name + "' is empty");
            case Found(var token) -> token.matches(presented);
            case Missing(var why) -> throw new CelInvalidArgumentException("compareSecret: " + why);
        };
    }

    private static String translate(String text, String regex, String template) {
        return Regexes.replaceAll(RegexFunctions.pattern(regex), text, template);
    }
}
