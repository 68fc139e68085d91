package dev.bellhop.engine.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.TemplateParam;
import dev.bellhop.api.TriggerTemplateSpec;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.bind.SourcedParam;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.jsonpath.JsonPath;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RenderPropertyTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String RESOURCE = """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x-$(tt.params.a)", "labels": {"app": "$(tt.params.b)"}},
             "data": {"whole": "$(tt.params.a)", "mixed": "$(tt.params.a)$(tt.params.b) $(uid) $(context.x)$(tt.params.a)",
                      "json": "{\\"k\\": \\"$(tt.params.a)\\"}", "edge": "$$(tt.params.a)(tt.params.b)", "n": 1, "list": ["$(tt.params.b)", true, null]}}""";

    @Property
    void noEventChangesTheShapeOfAnObject(@ForAll("hostile") String a, @ForAll("hostile") String b) throws IOException {
        for (var annotations : List.of(Map.<String, String>of(),
                Map.of("triggers.tekton.dev/old-escape-quotes", "true"))) {
            var rendered = render("$(body.a)", "<$(body.b)\\n>", body(a, b), annotations);

            assertThat(shape(MAPPER.readTree(MAPPER.writeValueAsBytes(rendered))))
                    .isEqualTo(shape(MAPPER.readTree(RESOURCE)));
        }
    }

    @Property
    void aStringComesOutAsItCameIn(@ForAll("hostile") String a, @ForAll("hostile") String b) throws IOException {
        var rendered = MAPPER
                .readTree(MAPPER.writeValueAsBytes(render("$(body.a)", "<$(body.b)\\n>", body(a, b), Map.of())));

        assertThat(rendered.at("/data/whole").textValue()).isEqualTo(a.replace("$(", "$$("));
        assertThat(rendered.at("/metadata/labels/app").textValue()).isEqualTo(("<" + b + "\n>").replace("$(", "$$("));
        assertThat(rendered.at("/metadata/name").textValue()).isEqualTo("x-" + a.replace("$(", "$$("));
    }

    @Property
    void noEventStartsAVariableOfItsOwn(@ForAll("hostile") String a, @ForAll("hostile") String b) {
        var rendered = render("$(body.a)", "$(body.b)", body(a, b), Map.of());

        assertThat(rendered.at("/data/edge").textValue()).doesNotStartWith("$(").doesNotContainPattern("[^$]\\$\\(");
    }

    @Property
    void anyJsonComesOutAsItCameIn(@ForAll("json") JsonNode a) throws IOException {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("a", a);

        var whole = render("$(body)", "", body, Map.of()).at("/data/whole").textValue();

        assertThat(MAPPER.readTree(whole.replace("$$(", "$(")))
                .isEqualTo(MAPPER.readTree(MAPPER.writeValueAsBytes(body)));
    }

    @Property
    void anyTextIsAPathOrSaysWhyNot(@ForAll("pathLike") String text, @ForAll("json") JsonNode document) {
        if (JsonPath.parse(text) instanceof JsonPath.Parsed.Sound(var path)) {
            assertThat(path.from(document)).isNotNull();
        }
        assertThat(Bindings.compile(List.of(new SourcedParam("s", "p", "$(" + text + ") $(" + text)), List.of()))
                .isNotNull();
    }

    @Provide
    Arbitrary<String> hostile() {
        var bits = Arbitraries.of("\"", "\\", "\\\"", "\\u0022", "\n", "\t", "\u0000", "$", "(", ")", "$(", "$$(",
                "$(uid)", "$(tt.params.a)",
                "$(tt.params.b)", "$(body.a)", "{", "}", "\",\"evil\":\"", "<", "&", "\u2028", "é", "😀", "null",
                "1e999", "");
        return Arbitraries.oneOf(bits.list().ofMaxSize(8).map(list -> String.join("", list)),
                Arbitraries.strings().excludeChars(surrogates()).ofMaxLength(40));
    }

    @Provide
    Arbitrary<JsonNode> json() {
        var factory = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(hostile().map(factory::textNode),
                Arbitraries.bigIntegers().map(factory::numberNode),
                Arbitraries.of(true, false).map(factory::booleanNode), Arbitraries.just(factory.nullNode()));
        return Arbitraries.recursive(() -> leaves, inner -> Arbitraries.oneOf(
                inner.list().ofMaxSize(4).map(items -> factory.arrayNode().addAll(items)),
                Arbitraries.maps(Arbitraries.of("a", "b", "name", "x y", "\"", "é"), inner).ofMaxSize(4)
                        .map(fields -> factory.objectNode().setAll(fields))),
                0, 3);
    }

    @Provide
    Arbitrary<String> pathLike() {
        return Arbitraries
                .of(".", "..", "[", "]", "(", ")", "?", "[?(", "@", "$", "*", "a", "b", "body", "name", "'", "\"", "\\",
                        " ", ",", ":", "-1",
                        "0", "2", "==", "<", ">", "!", "true", "'x'", "{", "}", "&&", "\n", "é")
                .list().ofMaxSize(10).map(list -> String.join("", list));
    }

    private static char[] surrogates() {
        var surrogates = new char[Character.MAX_SURROGATE - Character.MIN_SURROGATE + 1];
        for (int i = 0; i < surrogates.length; i++) {
            surrogates[i] = (char) (Character.MIN_SURROGATE + i);
        }
        return surrogates;
    }

    private static ObjectNode body(String a, String b) {
        return JsonNodeFactory.instance.objectNode().put("a", a).put("b", b);
    }

    private static ObjectNode render(String a, String b, ObjectNode body, Map<String, String> annotations) {
        var declared = List.of(new TemplateParam("a", null, null), new TemplateParam("b", null, null));
        var bindings = Bindings.compile(List.of(new SourcedParam("s", "a", a), new SourcedParam("s", "b", b)),
                declared);
        var event = new Event(new EventId("e"), Instant.EPOCH, "POST", "/", Headers.NONE, Body.of(body));
        var values = ((Bindings.Compiled.Sound) bindings).bindings().bind(event, JsonNodeFactory.instance.objectNode());
        try {
            var template = Template.compile("t", new TriggerTemplateSpec(declared, List.of(MAPPER.readTree(RESOURCE))),
                    annotations);
            var rendered = ((Template.Compiled.Sound) template).template().render((Bindings.Bound.Values) values,
                    "1-2-3");
            return ((Template.Rendered.Resources) rendered).resources().getFirst();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The tree with every string replaced by the same one.
    private static JsonNode shape(JsonNode node) {
        var factory = JsonNodeFactory.instance;
        if (node.isObject()) {
            var object = factory.objectNode();
            node.properties().forEach(field -> object.set(field.getKey(), shape(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = factory.arrayNode();
            node.forEach(item -> array.add(shape(item)));
            return array;
        }
        return node.isTextual() ? factory.textNode("") : node;
    }
}
