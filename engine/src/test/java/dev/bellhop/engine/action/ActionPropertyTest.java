package dev.bellhop.engine.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.action.Actions.Rendered;
import dev.bellhop.engine.json.JsonText;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever an event says, the shape of what is sent is its author's.
class ActionPropertyTest {
    private static final Actions ACTIONS = Given.actions("""
            - http:
                url: http://example.com/
                headers: {X-Value: "a ${{ body.value }} b"}
                body:
                  fixed: stays
                  text: "before ${{ body.value }} after"
                  twice: "${{ body.value }}${{ body.value }}"
                  typed: ${{ body.value }}
                  list: [one, "${{ body.value }}", "x ${{ body.value }}"]
                  nested: {deep: {text: "<${{ body.value }}>"}}
            """);

    @Provide
    static Arbitrary<String> hostile() {
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(30),
                Arbitraries.of("${{ 1 }}", "}}", "\", \"injected\": \"", "'}}${{ body }}", "\n- a: b", "{{", "$(uid)",
                        "null", "true", "7", "\\", "\u0000", "\ud800", "${{"));
    }

    @Property(tries = 500)
    void neverInjects(@ForAll("hostile") String value) {
        var body = JsonNodeFactory.instance.objectNode().put("value", value);

        var steps = ((Rendered.Steps) Given.rendered(ACTIONS, body)).steps();

        var spec = Given.run(steps.getFirst());
        var text = JsonText.wellFormed(value);
        assertThat(spec).hasSize(3);
        assertThat(spec.path("headers").path("X-Value").textValue()).isEqualTo("a " + text + " b");
        JsonNode sent = spec.path("body");
        assertThat(sent.propertyStream().map(field -> field.getKey()))
                .containsExactly("fixed", "text", "twice", "typed", "list", "nested");
        assertThat(sent.path("fixed").textValue()).isEqualTo("stays");
        assertThat(sent.path("text").textValue()).isEqualTo("before " + text + " after");
        assertThat(sent.path("twice").textValue()).isEqualTo(text + text);
        assertThat(sent.path("typed").textValue()).isEqualTo(value);
        assertThat(sent.path("list")).hasSize(3);
        assertThat(sent.path("list").get(1).textValue()).isEqualTo(value);
        assertThat(sent.path("nested").path("deep").path("text").textValue()).isEqualTo("<" + text + ">");
    }
}
