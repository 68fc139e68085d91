package dev.bellhop.cli.convert.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Compiled;
import dev.bellhop.engine.cel.CelExpression.Evaluated;
import dev.bellhop.engine.cel.Scope;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.secret.Secrets.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CueFilterTest {
    /// As kube-trigger's: `context.data` is the object, `context.event` has a type.
    private static final Roots ROOTS = new Roots() {
        @Override
        public Optional<Place> place(List<Step> path) {
            if (path.size() > 1 && path.subList(0, 2).equals(Step.names("context", "data"))) {
                return Optional.of(Place.inObject("body", path.subList(2, path.size())));
            }
            return path.equals(Step.names("context", "event", "type"))
                    ? Optional.of(Place.text("event.type"))
                    : Optional.empty();
        }

        @Override
        public String word(List<Step> path, String word) {
            return path.equals(Step.names("context", "event", "type")) && word.equals("create") ? "add" : word;
        }
    };

    /// @param cue what was written
    /// @param cel what it becomes
    record Row(String cue, String cel) {}

    static List<Row> rows() {
        return List.of(
                new Row("context.data.status.readyReplicas == context.data.status.replicas",
                        "has(body.status) && has(body.status.readyReplicas) && has(body.status.replicas)"
                                + " && body.status.readyReplicas == body.status.replicas"),
                new Row("context: data: metadata: name: =~\"this-will-trigger-update-.*\"",
                        "body.metadata.name.matches('this-will-trigger-update-.*')"),
                new Row("context.data.status.conditions[0].status == \"True\"",
                        "body.?status.?conditions[?0].?status.hasValue() && body.status.conditions[0].status == 'True'"),
                new Row("import \"strings\"\n\nstrings.Contains(context.data.metadata.name, \"prod\")",
                        "body.metadata.name.contains('prod')"),
                new Row("context.data.metadata.labels.app != _|_",
                        "has(body.metadata.labels) && has(body.metadata.labels.app)"),
                new Row("context: data: {kind: \"Deployment\", spec: replicas: >=2 & <=10}",
                        "has(body.spec) && has(body.spec.replicas) && body.kind == 'Deployment'"
                                + " && body.spec.replicas >= 2 && body.spec.replicas <= 10"),
                new Row("context: data: spec: type: \"A\" | \"B\"",
                        "has(body.spec) && has(body.spec.type) && body.spec.type in ['A', 'B']"),
                new Row("context: data: metadata: name: !~\"^test-\"", "!body.metadata.name.matches('^test-')"),
                new Row("len(context.data.spec.rules) > 0",
                        "has(body.spec) && has(body.spec.rules) && size(body.spec.rules) > 0"),
                new Row("context.event.type == \"create\"", "event.type == 'add'"),
                new Row("import \"list\"\nlist.Contains(context.data.metadata.finalizers, \"x\")",
                        "has(body.metadata.finalizers) && 'x' in body.metadata.finalizers"),
                new Row("import (\n\t\"strconv\"\n)\nstrconv.Atoi(context.data.data.n) > 3",
                        "has(body.data) && has(body.data.n) && int(body.data.n) > 3"),
                new Row("context.data.a == \"x\" || context.data.b == \"it's\"",
                        "has(body.a) && has(body.b) && (body.a == 'x' || body.b == 'it\\'s')"),
                new Row("context.data.a == _|_ || context.data.a == \"y\"",
                        "!has(body.a) || (has(body.a) && body.a == 'y')"),
                new Row("!(context.data.spec.paused == true)",
                        "has(body.spec) && has(body.spec.paused) && !(body.spec.paused == true)"),
                new Row("filter: context.data.metadata.namespace == \"prod\"",
                        "has(body.metadata.namespace) && body.metadata.namespace == 'prod'"),
                new Row("context.data.metadata.annotations[\"app.oam.dev/v\"] == \"1\"",
                        "has(body.metadata.annotations)"
                                + " && 'app.oam.dev/v' in body.metadata.annotations"
                                + " && body.metadata.annotations['app.oam.dev/v'] == '1'"),
                new Row("context.data.n + 1 >= 3 // counted from 0", "has(body.n) && (body.n + 1.0) >= 3"),
                new Row("context: data: a: >1 | \"x\"", "has(body.a) && (body.a > 1 || body.a == 'x')"));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void becomesCelThatCompiles(Row row) {
        assertThat(CueFilter.translate(row.cue(), ROOTS)).isEqualTo(new Translation.Made(row.cel()));
        assertThat(CelExpression.compile(row.cel(), "team-a")).isInstanceOf(Compiled.Sound.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\0', value = {
            "[for c in context.data.conditions if c.type == \"Ready\" {c}][0].ok # 'c' at 1:6 is not understood",
            "math.Floor(context.data.x) > 1 # function 'math.Floor' has no counterpart",
            "metadata: name: \"x\" # 'metadata.name' is not known here",
            "context: data: spec: replicas?: >2 # 'replicas?:' holds whether the field is there or not",
            "context: data: n: int # 'int' as a type has no counterpart",
            "context.data.a == \"\\(context.data.b)\" # '\\(' in the string at 1:19 is not understood",
            "context.data.a == \"x # the string at 1:19 is not closed",
            "context.data.a == # it ends too early, at 1:18",
            "context.data.a / 2 > 1 # operator '/' has no counterpart",
            "context.nothing == 1 # 'context.nothing' is not known here"})
    void saysWhatItDoesNotUnderstandAndWhere(String cue, String why) {
        assertThat(CueFilter.translate(cue, ROOTS)).isEqualTo(new Translation.Not(why));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', quoteCharacter = '\0', value = {
            "context.data.status.ready == context.data.status.all # {\"status\": {\"ready\": 3, \"all\": 3}} # true",
            "context.data.status.ready == context.data.status.all # {\"status\": {\"all\": 3}} # false",
            "context.data.status.ready == context.data.status.all # {} # false",
            "context.data.list[0].a == \"x\" # {\"list\": [{\"a\": \"x\"}]} # true",
            "context.data.list[0].a == \"x\" # {\"list\": []} # false",
            "context.data.metadata.labels[\"a/b\"] == \"x\" # {\"metadata\": {\"labels\": {\"a/b\": \"x\"}}} # true",
            "context.data.metadata.labels[\"a/b\"] == \"x\" # {\"metadata\": {}} # false",
            "context: data: spec: replicas: >=2 & <=10 # {\"spec\": {\"replicas\": 10}} # true",
            "context: data: spec: replicas: >=2 & <=10 # {\"spec\": {\"replicas\": 11}} # false",
            "context.data.a == _|_ || context.data.a == \"y\" # {} # true",
            "context.data.a == _|_ || context.data.a == \"y\" # {\"a\": \"n\"} # false"})
    void holdsAsItDidThere(String cue, String body, boolean holds) {
        assertThat(CueFilter.translate(cue, ROOTS)).isInstanceOfSatisfying(Translation.Made.class,
                made -> assertThat(value(made.cel(), body)).isEqualTo(Boolean.toString(holds)));
    }

    @Test
    void readsDataThatIsWrittenInCue() {
        var read = CueData.read("""
                // A comment.
                a: b: 1
                a: "c-d": [true, 2.5, "x"]
                text: \"""
                    two
                    lines
                    \"""
                """);
        assertThat(read).isInstanceOfSatisfying(CueData.Read.Understood.class,
                understood -> assertThat(understood.json())
                        .hasToString("{\"a\":{\"b\":1,\"c-d\":[true,2.5,\"x\"]},\"text\":\"two\\nlines\"}"));
        assertThat(CueData.read("a: 1\na: 2")).isEqualTo(
                new CueData.Read.Unreadable("'a' is there twice with different values"));
    }

    private static String value(String cel, String body) {
        var compiled = (Compiled.Sound) CelExpression.compile(cel, "team-a");
        var parsed = (Body.Parsed.Accepted) Body.parse(body.getBytes(StandardCharsets.UTF_8));
        var event = new Event(new EventId("00000000-0000-7000-8000-000000000001"), Instant.EPOCH, "POST", "/",
                Headers.of(List.<Map.Entry<String, String>>of()), parsed.body());
        var scope = new Scope(event, JsonNodeFactory.instance.objectNode(), _ -> new Lookup.Missing("none"));
        return switch (compiled.expression().evaluate(scope)) {
            case Evaluated.Value(var json) -> json.toString();
            case Evaluated.Failed(var why) -> why;
        };
    }
}
