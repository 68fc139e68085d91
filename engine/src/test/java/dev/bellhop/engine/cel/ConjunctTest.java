package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.cel.Conjunct.BodyHas;
import dev.bellhop.engine.cel.Conjunct.BodyIn;
import dev.bellhop.engine.cel.Conjunct.BodyStartsWith;
import dev.bellhop.engine.cel.Conjunct.HeaderIn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConjunctTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Stream<Arguments> oneConjunct() {
        var action = new BodyIn(List.of("action"), texts("opened"));
        return Stream.of(
                Arguments.of("body.action == 'opened'", action),
                Arguments.of("'opened' == body.action", action),
                Arguments.of("body['action'] == 'opened'", action),
                Arguments.of("body.action in ['opened']", action),
                Arguments.of("body.a['b'].c == 'x'", new BodyIn(List.of("a", "b", "c"), texts("x"))),
                Arguments.of("body.action in ['opened', 'closed']",
                        new BodyIn(List.of("action"), texts("opened", "closed"))),
                Arguments.of("body.action == 'opened' || body.action == 'closed'",
                        new BodyIn(List.of("action"), texts("opened", "closed"))),
                Arguments.of("body.flag", new BodyIn(List.of("flag"), Set.of(JSON.booleanNode(true)))),
                Arguments.of("body['flag']", new BodyIn(List.of("flag"), Set.of(JSON.booleanNode(true)))),
                Arguments.of("body.flag == false", new BodyIn(List.of("flag"), Set.of(JSON.booleanNode(false)))),
                Arguments.of("body.x == null", new BodyIn(List.of("x"), Set.of(JSON.nullNode()))),
                Arguments.of("has(body.a.b)", new BodyHas(List.of("a", "b"))),
                Arguments.of("body.ref.startsWith('refs/tags/')", new BodyStartsWith(List.of("ref"), "refs/tags/")),
                Arguments.of("header.match('x-github-event', 'push')", new HeaderIn("X-Github-Event", Set.of("push"))),
                Arguments.of("header.canonical('x-github-event') == 'push'",
                        new HeaderIn("X-Github-Event", Set.of("push"))),
                Arguments.of("header.canonical('X-A') in ['b', 'c']", new HeaderIn("X-A", Set.of("b", "c"))),
                Arguments.of("header.match('X-A', 'b') || header.match('x-a', 'c')",
                        new HeaderIn("X-A", Set.of("b", "c"))));
    }

    private static Set<JsonNode> texts(String... texts) {
        return Arrays.stream(texts).map(JSON::textNode).collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneConjunct")
    void takesOutWhatMustHold(String source, Conjunct conjunct) {
        assertThat(Sample.sound(source).conjuncts()).containsExactly(conjunct);
    }

    @Test
    void takesOutEverySideOfAnAnd() {
        var filter = "header.match('X-GitHub-Event', 'push') && (body.ref.startsWith('refs/') && (has(body.a) && body.n > 1))";

        assertThat(Sample.sound(filter).conjuncts()).containsExactlyInAnyOrder(
                new HeaderIn("X-Github-Event", Set.of("push")),
                new BodyStartsWith(List.of("ref"), "refs/"), new BodyHas(List.of("a")));
    }

    @Test
    void keepsWhatBothSidesOfAnOrNeed() {
        var filter = "has(body.a) && body.b == 'x' || body.b == 'y' && body.c == 'z'";

        assertThat(Sample.sound(filter).conjuncts()).containsExactly(new BodyIn(List.of("b"), texts("x", "y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"body.a == 'x' || body.b == 'x'", "body.a == 'x' || true", "!(body.a == 'x')",
            "!has(body.a)",
            "body.a != 'x'", "body.n == 1", "body.n in [1, 2]", "body.a in ['x', 1]", "body.a in []",
            "body.a in body.b", "body.a == body.b",
            "body.list[0] == 'x'", "body.?a.orValue('x') == 'x'", "body.list.exists(x, body.a == 'x')",
            "body.list.exists(body, body.a == 'x')",
            "cel.bind(body, {'a': 'x'}, body.a == 'x')", "body.a == 'x' ? true : body.b == 'y'", "extensions.a == 'x'",
            "header.match('X-A', '')", "header.canonical('X-A') == ''", "header.canonical('X-A') in ['', 'b']",
            "header.match(body.a, 'b')",
            "body.match('X-A', 'b')", "'x'.startsWith(body.a)", "extensions.a.startsWith('x')", "true", "false",
            "(body.a == 'x') == true"})
    void takesNothingOutOfWhatItCannotTell(String source) {
        assertThat(Sample.sound(source).conjuncts()).isEmpty();
    }
}
