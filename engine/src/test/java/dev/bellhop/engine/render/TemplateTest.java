package dev.bellhop.engine.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.api.TemplateParam;
import dev.bellhop.api.TriggerTemplateSpec;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.bind.ParamValue;
import dev.bellhop.engine.render.Template.Rendered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(delimiterString = " | ", quoteCharacter = '`', textBlock = """
            $(tt.params.a) | main | main
            x-$(tt.params.a)-y | main | x-main-y
            $(tt.params.a)$(tt.params.a) | ab | abab
            $(tt.params.a) | "quoted", "b": "c" | "quoted", "b": "c"
            $(tt.params.a) | 12 | 12
            $(tt.params.a) | $(tt.params.b) | $$(tt.params.b)
            $(tt.params.a) | $(uid) | $$(uid)
            $(tt.params.a) | $$(x) | $$$(x)
            $(tt.params.a) | a $(x) $(y) | a $$(x) $$(y)
            $(tt.params.a)(params.secret) | $ | $$(params.secret)
            $$(tt.params.a) | (params.secret) | $$(params.secret)
            $$(tt.params.a)(params.secret) | `` | $$(params.secret)
            $$(tt.params.a) | main | $main
            $(params.x) $(tt.params.a) $(context.y) | main | $(params.x) main $(context.y)
            $(uid)-$(tt.params.a) | main | 1-2-3-main
            $(tt.params) $(tt.param.a) tt.params.a | main | $(tt.params) $(tt.param.a) tt.params.a
            """)
    void putsValuesIntoStrings(String written, String value, String expected) {
        var rendered = render("{\"value\": " + TextNode.valueOf(written) + "}", Map.of("a", value));

        assertThat(rendered.path("value").textValue()).isEqualTo(expected);
    }

    @Test
    void leavesParamsWithoutAValueAsTheyAreAndTellsThem() {
        var template = sound("{\"value\": \"$(tt.params.a)-$(tt.params.b)\"}", Map.of());

        assertThat(resource(template.render(values(Map.of("a", "1")), "u")).path("value").textValue())
                .isEqualTo("1-$(tt.params.b)");
        assertThat(template.undeclaredOrUnbound(Set.of("a", "other"))).containsExactly("b");
        assertThat(template.undeclaredOrUnbound(Set.of("a", "b"))).isEmpty();
    }

    @Test
    void putsObjectsIntoStringsAsTheirJson() throws JsonProcessingException {
        var object = MAPPER.readTree("{\"b\": \"x\\\"y\\n\", \"a\": [1, null]}");
        var values = new Bindings.Bound.Values(Map.of("a", ParamValue.taken(object)));

        var rendered = resource(sound("{\"value\": \"$(tt.params.a)\"}", Map.of()).render(values, "u"));

        assertThat(rendered.path("value").textValue()).isEqualTo("{\"a\":[1,null],\"b\":\"x\\\"y\\n\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"triggers.tekton.dev/old-escape-quotes", "triggers.bellhop.dev/old-escape-quotes"})
    void takesOneLevelOfEscapesOutOfObjectsUnderTheOldAnnotation(String annotation) throws JsonProcessingException {
        var template = sound("{\"value\": \"$(tt.params.a)\"}", Map.of(annotation, ""));

        assertThat(oldStyle(template, ParamValue.taken(MAPPER.readTree("{\"a\": \"x\\ny <é\"}"))))
                .isEqualTo("{\"a\":\"x\ny <é\"}");
        assertThat(oldStyle(template, ParamValue.written("say \"hi\\n\""))).isEqualTo("say \"hi\n\"");
        // Tekton's text is broken JSON here, or worse: an event's `","b":"` would make a field.
        assertThat(oldStyle(template, ParamValue.taken(TextNode.valueOf("\",\"b\":\"")))).isEqualTo("\",\"b\":\"");
        assertThat(oldStyle(template, ParamValue.taken(MAPPER.readTree("{\"a\": \"\\\"\"}"))))
                .isEqualTo("{\"a\":\"\\\"\"}");
    }

    private static String oldStyle(Template template, ParamValue value) {
        return resource(template.render(new Bindings.Bound.Values(Map.of("a", value)), "u")).path("value").textValue();
    }

    @Test
    void keepsEverythingThatIsNoStringAsItIs() throws JsonProcessingException {
        var json = """
                {"n": 12345678901234567890, "f": 1.5, "t": true, "z": null, "e": {}, "l": [], "s": "", "a": [1, "x", ["y", {"k": "v"}]]}""";

        var rendered = render(json, Map.of());
        rendered.remove(List.of("apiVersion", "kind"));

        assertThat((Object) rendered).isEqualTo(MAPPER.readTree(json));
    }

    @Test
    void putsValuesIntoTheNamesOfFields() {
        var rendered = render("{\"labels\": {\"team-$(tt.params.a)\": \"x\", \"app\": \"y\"}}", Map.of("a", "red"));

        assertThat(rendered.path("labels").fieldNames()).toIterable().containsExactly("team-red", "app");
    }

    @Test
    void refusesTwoFieldsThatGetTheSameName() {
        var template = sound("{\"labels\": {\"app\": \"mine\", \"$(tt.params.a)\": \"theirs\"}}", Map.of());

        assertThat(template.render(values(Map.of("a", "app")), "u"))
                .isEqualTo(new Rendered.Failed("spec.template.spec: "
                        + "resourcetemplates[0].labels: two fields get the same name from their params; give them names that cannot meet"));
    }

    @Test
    void refusesAKindThatIsEmptyAfterItsParamsWerePutIn() {
        var template = template("[{\"apiVersion\": \"v1\", \"kind\": \"$(tt.params.a)\"}]", "[{\"name\": \"a\"}]",
                Map.of());

        assertThat(((Template.Compiled.Sound) template).template().render(values(Map.of("a", "")), "u"))
                .isEqualTo(new Rendered.Failed(
                        "spec.template.spec: resourcetemplates[0].kind: is empty after its params were put in"));
    }

    @Test
    void refusesToRepeatALargeValueUntilTheMemoryIsFull() {
        var template = sound("{\"value\": \"" + "$(tt.params.a)".repeat(100) + "\"}", Map.of());

        assertThat(template.render(values(Map.of("a", "x".repeat(1 << 20))), "u")).isEqualTo(new Rendered.Failed(
                "spec.template.spec: the resources would have more than 8388608 characters; put smaller parts of the event in"));
    }

    @Test
    void givesObjectsThatTheCallerMayChange() {
        var template = sound("{\"metadata\": {\"name\": \"a\"}, \"list\": []}", Map.of());

        ((ObjectNode) resource(template.render(values(Map.of()), "u")).path("metadata")).put("name", "changed");

        assertThat(resource(template.render(values(Map.of()), "u")).path("metadata").path("name").textValue())
                .isEqualTo("a");
    }

    @Test
    void usesTheSameUidInAllResources() {
        var template = template(
                """
                        [{"apiVersion": "v1", "kind": "A", "id": "$(uid)"}, {"apiVersion": "v1", "kind": "B", "id": "x-$(uid)"}]""",
                "[]", Map.of());

        var rendered = (Rendered.Resources) ((Template.Compiled.Sound) template).template().render(values(Map.of()),
                "1-2-3");

        assertThat(rendered.resources()).extracting(resource -> resource.path("id").textValue())
                .containsExactly("1-2-3", "x-1-2-3");
    }

    @Test
    void reportsAllProblemsTogether() {
        var compiled = template(
                """
                        [{"apiVersion": "v1"}, "text", {"apiVersion": 1, "kind": " ", "a": ["$(tt.params.bad)", {"k-$(tt.params.b": 1}],
                          "c": "$(tt.params.$(tt.params.a))"}]""",
                "[{\"name\": \"a\"}, {\"name\": \"a\"}, {}, {\"name\": \"b\"}]", Map.of());

        assertThat(((Template.Compiled.Broken) compiled).why()).containsExactly(
                "spec.template.spec: params[1].name: 'a' is declared twice; take one of them out",
                "spec.template.spec: params[2].name: is missing; every param has a name",
                "spec.template.spec: resourcetemplates[0].kind: is missing or no text; write for example kind: ConfigMap",
                "spec.template.spec: resourcetemplates[1]: is STRING; it must be an object with apiVersion and kind",
                "spec.template.spec: resourcetemplates[2].apiVersion: is missing or no text; write for example apiVersion: v1",
                "spec.template.spec: resourcetemplates[2].kind: is missing or no text; write for example kind: ConfigMap",
                "spec.template.spec: resourcetemplates[2].a[0]: '$(tt.params.bad)' is not declared; add it to params or correct the name"
                        + " (declared: a, b)",
                "spec.template.spec: resourcetemplates[2].a[1]: '$(tt.params.b' is not closed; add the missing ')'",
                "spec.template.spec: resourcetemplates[2].c: '$(tt.params.$(tt.params.a)' has a param inside the name of a param;"
                        + " names are fixed");
    }

    @Test
    void refusesATemplateThatCreatesNothing() {
        assertThat(template("[]", "[]", Map.of())).isEqualTo(new Template.Compiled.Broken(
                List.of("spec.template.spec: resourcetemplates: is empty; list the objects to create")));
    }

    private static ObjectNode render(String json, Map<String, String> params) {
        return resource(sound(json, Map.of()).render(values(params), "1-2-3"));
    }

    private static ObjectNode resource(Rendered rendered) {
        return switch (rendered) {
            case Rendered.Resources(var resources) -> resources.getFirst();
            case Rendered.Failed(var why) -> throw new AssertionError(why);
        };
    }

    private static Bindings.Bound.Values values(Map<String, String> params) {
        var values = new HashMap<String, ParamValue>();
        params.forEach((name, value) -> values.put(name, ParamValue.taken(TextNode.valueOf(value))));
        return new Bindings.Bound.Values(values);
    }

    private static Template sound(String fields, Map<String, String> annotations) {
        var resource = "[{\"apiVersion\": \"v1\", \"kind\": \"A\", " + fields.strip().substring(1) + "]";
        return switch (template(resource, "[{\"name\": \"a\"}, {\"name\": \"b\"}]", annotations)) {
            case Template.Compiled.Sound(var template) -> template;
            case Template.Compiled.Broken(var why) -> throw new AssertionError(why);
        };
    }

    private static Template.Compiled template(String resources, String params, Map<String, String> annotations) {
        try {
            var spec = new TriggerTemplateSpec(List.of(MAPPER.readValue(params, TemplateParam[].class)),
                    List.of(MAPPER.readValue(resources, JsonNode[].class)));
            return Template.compile("spec.template.spec", spec, annotations);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
