package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.cel.CelExpression.Evaluated.Value;
import dev.bellhop.engine.cel.Conjunct.BodyHas;
import dev.bellhop.engine.cel.Conjunct.BodyIn;
import dev.bellhop.engine.cel.Conjunct.BodyStartsWith;
import dev.bellhop.engine.cel.Conjunct.HeaderIn;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.Headers;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/// The index over Triggers rests on this: an expression is true of no event on which one of its conjuncts fails.
class ConjunctsHoldTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @Property(tries = 1000)
    void everyConjunctHoldsWhereTheExpressionIsTrue(@ForAll("conditions") String source,
            @ForAll("events") Scope scope) {
        var expression = Sample.sound(source);
        boolean isTrue = expression.evaluate(scope).equals(new Value(JSON.booleanNode(true)));
        Statistics.label("true, with conjuncts").collect(isTrue && !expression.conjuncts().isEmpty());
        if (isTrue) {
            assertThat(expression.conjuncts()).as("%s on %s", source, scope.event().body().json())
                    .allMatch(conjunct -> holds(conjunct, scope.event()));
        }
    }

    static boolean holds(Conjunct conjunct, Event event) {
        return switch (conjunct) {
            case BodyIn(var path, var values) -> at(path, event) instanceof JsonNode node && values.contains(node);
            case BodyHas(var path) -> at(path, event) != null;
            case BodyStartsWith(var path, var prefix) -> at(path, event) instanceof JsonNode node && node.isTextual()
                    && node.textValue().startsWith(prefix);
            case HeaderIn(var name, var values) -> event.headers().first(name).filter(values::contains).isPresent();
        };
    }

    private static @Nullable JsonNode at(List<String> path, Event event) {
        var node = event.body().json();
        for (var key : path) {
            if (!node.isObject() || !node.has(key)) {
                return null;
            }
            node = node.get(key);
        }
        return node;
    }

    @Provide
    Arbitrary<String> conditions() {
        return Arbitraries.lazyOf(ConjunctsHoldTest::atoms, ConjunctsHoldTest::atoms, ConjunctsHoldTest::atoms,
                this::compounds);
    }

    private Arbitrary<String> compounds() {
        var two = Combinators
                .combine(conditions(), conditions(), Arbitraries.of("(%s) && (%s)", "(%s) && (%s)", "(%s) || (%s)",
                        "(%s) ? (%s) : false", "(%s) == (%s)"))
                .as((left, right, form) -> form.formatted(left, right));
        var one = Combinators.combine(conditions(),
                Arbitraries.of("!(%s)", "has(body.a) && (%s)", "[{'a': {'b': 'x'}, 'b': true}].exists(body, %s)",
                        "['x'].exists(y, %s)", "cel.bind(header, body, %s)",
                        "[%s].all(y, y)", "(%s) || body.a.b == 1"))
                .as((inner, form) -> form.formatted(inner));
        return Arbitraries.oneOf(two, two, one);
    }

    private static Arbitrary<String> atoms() {
        return Combinators
                .combine(places(), scalars(), scalars(),
                        Arbitraries.of("%1$s == %2$s", "%2$s == %1$s", "%1$s in [%2$s, %3$s]",
                                "%1$s != %2$s", "%1$s", "%1$s.startsWith('x')", "%1$s.startsWith('')", "has(%1$s)",
                                "!has(%1$s)", "%1$s in [%2$s]",
                                "%1$s in body.b", "%1$s == body.b", "body.?a.?b.orValue(%2$s) == %3$s",
                                "header.match('x-a', 'x')",
                                "header.match('X-A', '')", "header.canonical('x-A') == 'xy'",
                                "header.canonical('X-B') in ['x', 'xy']",
                                "header.canonical('X-B') in ['x', '']", "header['X-A'][0] == 'x'", "'X-A' in header"))
                .as(ConjunctsHoldTest::atom);
    }

    private static String atom(String place, String one, String other, String form) {
        // `has` takes a field, never the body itself.
        var fitting = form.contains("has(") && !place.contains(".") ? "body.a" : place;
        return form.formatted(fitting.endsWith("]") && form.contains("has(") ? "body.b" : fitting, one, other);
    }

    private static Arbitrary<String> places() {
        return Arbitraries.of("body.a", "body.b", "body.a.a", "body.a.b", "body['a']", "body['a'].b", "body.a['b']",
                "body.a.b.a", "body.b[0]");
    }

    private static Arbitrary<String> scalars() {
        return Arbitraries.of("'x'", "'xy'", "''", "true", "false", "null", "1", "0", "1.0", "1u", "'1'")
                .map(s -> "dyn(" + s + ")").map(
                        s -> s.contains("1") ? s : s.substring(4, s.length() - 1));
    }

    @Provide
    Arbitrary<Scope> events() {
        var pairs = Combinators.combine(Arbitraries.of("x-a", "X-A", "X-b"), Arbitraries.of("x", "xy", ""))
                .as(Map::entry);
        return Combinators.combine(objects(3), pairs.list().ofMaxSize(3)).as((body, headers) -> {
            var sample = Sample.scope(Body.of(body)).event();
            var event = new Event(sample.id(), sample.receivedAt(), "POST", "/", Headers.of(headers), sample.body());
            return new Scope(event, JSON.objectNode(), Sample.scope().secrets());
        });
    }

    private static Arbitrary<JsonNode> values(int depth) {
        Arbitrary<JsonNode> leaves = Arbitraries.of(JSON.textNode("x"), JSON.textNode("xy"), JSON.textNode(""),
                JSON.booleanNode(true),
                JSON.booleanNode(false), JSON.nullNode(), JSON.numberNode(1), JSON.numberNode(0), JSON.numberNode(1.0),
                JSON.textNode("1"));
        return depth == 0
                ? leaves
                : Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, leaves),
                        net.jqwik.api.Tuple.of(3, objects(depth - 1)),
                        net.jqwik.api.Tuple.of(1,
                                leaves.list().ofMaxSize(2).map(list -> JSON.arrayNode().addAll(list))));
    }

    private static Arbitrary<JsonNode> objects(int depth) {
        return Arbitraries.maps(Arbitraries.of("a", "b"), values(depth)).ofMaxSize(2)
                .map(fields -> JSON.objectNode().<com.fasterxml.jackson.databind.node.ObjectNode>setAll(fields));
    }
}
