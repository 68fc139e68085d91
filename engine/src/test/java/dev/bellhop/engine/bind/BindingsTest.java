package dev.bellhop.engine.bind;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.TemplateParam;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BindingsTest {
    private static final Event EVENT = event(
            """
                    {"ref": "refs/heads/main", "text": "line\\none \\"two\\" \\\\ <b>&é", "n": 42, "f": 1.0, "big": 9007199254740993, "huge": 1e21,
                     "yes": true, "nothing": null, "empty": "", "none": [], "lone": "\\ud800",
                     "o": {"b": 1, "a": {"x": "<\\"y\\">"}}, "list": [{"n": "a", "v": 1}, {"n": "b", "v": 2}], "sneaky": "$(body.ref)"}""");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', textBlock = """
            plain → plain → plain
            $(body.ref) → refs/heads/main → refs/heads/main
            $(.body.ref) → refs/heads/main → refs/heads/main
            $({body.ref}) → refs/heads/main → refs/heads/main
            $({.body.ref}) → refs/heads/main → refs/heads/main
            a-$(body.n)-$(body.ref)-z → a-42-refs/heads/main-z → a-42-refs/heads/main-z
            $(body.n)$(body.n) → 4242 → 4242
            ($(body.n)) → (42) → (42)
            $$(body.n) → $42 → $42
            $(body.f) → 1 → 1
            $(body.big) → 9007199254740993 → 9007199254740993
            $(body.huge) → 1e+21 → 1e+21
            $(body.yes) → true → true
            $(body.nothing) → null → null
            [$(body.empty)] → [] → []
            $(body.none) → [] → []
            $(body.o) → {"a":{"x":"<\\"y\\">"},"b":1} → {"a":{"x":"\\u003c\\"y\\"\\u003e"},"b":1}
            $(body.list[*].v) → [1,2] → [1,2]
            $(body.list[*].n) → ["a","b"] → ["a","b"]
            $(body.list[?(@.n == 'b')].v) → 2 → 2
            $(body.list[?(@.n == 'c')].v) → [] → []
            $(body.lone) → \ufffd → \ufffd
            $(header.x-multi) → one,two → one,two
            $(header.X-MULTI) → one,two → one,two
            $(header['x-multi']) → one,two → one,two
            $({.header.x-multi}) → one,two → one,two
            $(header) → {"Content-Type":"application/json","X-Multi":"one,two"} → {"Content-Type":"application/json","X-Multi":"one,two"}
            $(extensions.added.deep) → 5 → 5
            $(extensions) → {"added":{"deep":5}} → {"added":{"deep":5}}
            $(context.eventID) → event-1 → event-1
            $(context) → {"eventID":"event-1"} → {"eventID":"event-1"}
            $(..deep) → 5 → 5
            $(body.sneaky)$(body.ref) → $(body.ref)refs/heads/main → $(body.ref)refs/heads/main
            costs $(5 → costs $(5 → costs $(5
            it's $(body.n) → it's 42 → it's 42
            C:\\dir → C:\\dir → C:\\dir
            say "$(body.n)\\n" → say "42\\n" → say "42\\n"
            a\\u0041 → aA → a\\u0041
            {\\"n\\": $(body.n)} → {"n": 42} → {\\"n\\": $(N)}
            """)
    void bindsAnExpressionToContentAndText(String value, String content, String text) {
        assertThat(bound(value, null).content()).isEqualTo(content);
        assertThat(bound(value, null).text()).isEqualTo(text.replace("$(N)", "42"));
    }

    @Test
    void takesStringsOfTheEventAsTheyAre() {
        assertThat(bound("$(body.text)", null).content()).isEqualTo("line\none \"two\" \\ <b>&é");
        assertThat(bound("$(body.text)", null).text()).isEqualTo("line\\none \\\"two\\\" \\\\ \\u003cb\\u003e\\u0026é");
    }

    @Test
    void readsEscapesInWrittenTextWhereAllOfItMayStandInAString() {
        assertThat(bound("a\\nb", null).content()).isEqualTo("a\nb");
        assertThat(bound("a\\n$(body.n)\\\\", null).content()).isEqualTo("a\n42\\");
        assertThat(bound("a\\n$(body.n)\\", null).content()).isEqualTo("a\\n42\\");
        assertThat(bound("$(body.n)", "x").content()).isEqualTo("42");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', textBlock = """
            $(body.missing) → main
            pre-$(body.missing)-post → pre-main-post
            $(body.n)-$(body.missing) → 42-main
            $(body.list[7]) → main
            $(header.absent) → main
            $(body.list[?(@.n == 'c')]) → []
            $(body.nothing) → null
            """)
    void putsTheDefaultInPlaceOfAnExpressionThatFails(String value, String content) {
        assertThat(bound(value, "main").content()).isEqualTo(content);
    }

    @Test
    void givesDefaultsOfParamsThatNoBindingNames() {
        var values = (Bindings.Bound.Values) sound(List.of(), List.of(new TemplateParam("rev", null, "a\\tb"),
                new TemplateParam("none", null, null))).bind(EVENT, extensions());

        assertThat(values.params()).isEqualTo(Map.of("rev", ParamValue.written("a\\tb")));
        assertThat(values.params().get("rev").content()).isEqualTo("a\tb");
    }

    @Test
    void namesAllParamsItGives() {
        var bindings = sound(List.of(new SourcedParam("s", "a", "1"), new SourcedParam("s", "b", "$(body)")),
                List.of(new TemplateParam("c", null, "3"), new TemplateParam("d", null, null)));

        assertThat(bindings.names()).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void failsNamingEveryParamThatTheEventDoesNotGive() {
        var bindings = sound(List.of(new SourcedParam("spec.bindings[0].value", "sha", "x $(body.after)"),
                new SourcedParam("TriggerBinding a/b param 'who'", "who", "$(header.x-user)")), List.of());

        assertThat(bindings.bind(EVENT, extensions())).isEqualTo(new Bindings.Bound.Failed(
                "param 'sha': $(body.after): after is not found; correct spec.bindings[0].value, or declare a default for the param"
                        + " in the template; param 'who': $(header.x-user): X-User is not found; correct TriggerBinding a/b param 'who',"
                        + " or declare a default for the param in the template"));
    }

    @Test
    void reportsAllProblemsTogether() {
        var compiled = Bindings.compile(List.of(
                new SourcedParam("spec.bindings[0].value", "a", "$(body.x"),
                new SourcedParam("spec.bindings[1].value", "a", "$(bdy.x) and $(body.x[)"),
                new SourcedParam("spec.bindings[2].value", "b", "$($(body.a))"),
                new SourcedParam("spec.bindings[3].value", " ", "$(context.id)"),
                new SourcedParam("spec.bindings[4].value", "c", "$()")), List.of());

        assertThat(((Bindings.Compiled.Broken) compiled).why()).containsExactly(
                "spec.bindings[0].value: '$(body.x' is not closed; add the missing ')'",
                "spec.bindings[1].value: param 'a' is also given by spec.bindings[0].value; rename one of them or take it out",
                "spec.bindings[1].value: '$(bdy.x)': there is no 'bdy'; a path begins with body, header, extensions or context",
                "spec.bindings[1].value: '$(body.x[)': the '[' at character 7 is not closed by ']'",
                "spec.bindings[2].value: '$(' is not closed; add the missing ')'",
                "spec.bindings[3].value: the param has no name; give it the name that the template uses",
                "spec.bindings[3].value: '$(context.id)': the context has only an eventID; write $(context.eventID)",
                "spec.bindings[4].value: '$()': the path is empty; write for example body.ref");
    }

    @Test
    void printsNothingOfAnEvent() {
        assertThat(bound("$(body.ref)", null)).hasToString("ParamValue[1 pieces]");
    }

    private static ParamValue bound(String value, String defaultValue) {
        var bindings = sound(List.of(new SourcedParam("spec.bindings[0].value", "p", value)),
                List.of(new TemplateParam("p", null, defaultValue)));
        return switch (bindings.bind(EVENT, extensions())) {
            case Bindings.Bound.Values(var params) -> params.get("p");
            case Bindings.Bound.Failed(var why) -> throw new AssertionError(why);
        };
    }

    private static Bindings sound(List<SourcedParam> params, List<TemplateParam> templateParams) {
        return switch (Bindings.compile(params, templateParams)) {
            case Bindings.Compiled.Sound(var bindings) -> bindings;
            case Bindings.Compiled.Broken(var why) -> throw new AssertionError(why);
        };
    }

    private static ObjectNode extensions() {
        try {
            return (ObjectNode) new ObjectMapper().readTree("{\"added\": {\"deep\": 5}}");
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static Event event(String json) {
        var headers = Headers.of(List.of(Map.entry("content-type", "application/json"), Map.entry("X-MULTI", "one"),
                Map.entry("x-multi", "two")));
        var body = ((Body.Parsed.Accepted) Body.parse(json.getBytes(UTF_8))).body();
        return new Event(new EventId("event-1"), Instant.EPOCH, "POST", "/", headers, body);
    }
}
