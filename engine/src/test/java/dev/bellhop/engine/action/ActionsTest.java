package dev.bellhop.engine.action;

import static dev.bellhop.engine.action.Given.failure;
import static dev.bellhop.engine.action.Given.run;
import static dev.bellhop.engine.action.Given.steps;
import static dev.bellhop.engine.action.Given.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.action.ActionStep.Doing;
import dev.bellhop.engine.action.Actions.Rendered;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionsTest {
    private static final String BODY = """
            {'n': 7, 'big': 9007199254740993, 'half': 0.5, 'text': 'a <b> ${{ body.n }}', 'flag': true, 'none': null,
             'list': [1, 2], 'map': {'k': 'v'}, 'name': 'shop', 'type': 'delete'}
            """;
    private static final String CONFIG_MAP = "object: {apiVersion: v1, kind: ConfigMap, metadata: {name: '${{ body.name }}'},"
            + " data: {n: '${{ body.absent }}'}}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '${{ body.n }}'                 | 7
            '${{ int(body.n) + 1 }}'        | 8
            '${{ body.big }}'               | 9007199254740993
            '${{ body.half }}'              | 0.5
            '${{ body.flag }}'              | true
            '${{ body.list }}'              | [1,2]
            '${{ body.map }}'               | {"k":"v"}
            '${{ {"a": [body.n]} }}'        | {"a":[7]}
            '${{ string(body.n) }}'         | "7"
            "  ${{ body.n }}\\n"            | 7
            '${{ body.n }}${{ body.n }}'    | "77"
            'v${{ body.n }}'                | "v7"
            '-${{ body.half }}'             | "-0.5"
            '${{ body.list }} '             | [1,2]
            'x${{ body.list }}'             | "x[1,2]"
            'x${{ body.none }}'             | "x"
            'x${{ body.map }}'              | "x{\\"k\\":\\"v\\"}"
            '$${{ body.n }}'                | "${{ body.n }}"
            '${{ params.ref }}'             | "main"
            '${{ extensions.added }}'       | 1
            '${{ header.canonical("x-a") }}'| "b"
            '${{ event.id }}'               | "e-1"
            '${{ [1, null] }}'              | [1,null]
            null                            | null
            [a, '${{ body.none }}', b]      | ["a","b"]
            {'${{ body.name }}-x': 1}       | {"shop-x":1}
            """)
    void aValueThatIsOneExpressionKeepsItsType(String written, String expected) {
        assertThat(value(written, BODY).toString()).isEqualTo(expected);
    }

    @Test
    void nullAndAnAbsentOptionalTakeTheKeyAway() {
        var spec = run(
                steps("[{http: {url: 'http://x', body: {a: '${{ body.none }}', b: '${{ body.?absent }}', c: null}}}]",
                        BODY).getFirst());
        assertThat(spec.path("body").toString()).isEqualTo("{\"c\":null}");
    }

    @Test
    void whatAnEventSaysIsNotLookedAtAgain() {
        assertThat(value("'${{ body.text }}'", BODY).textValue()).isEqualTo("a <b> ${{ body.n }}");
        assertThat(value("'<${{ body.text }}>'", BODY).textValue()).isEqualTo("<a <b> ${{ body.n }}>");
    }

    @Test
    void whenDecidesAndNothingElseIsAskedFor() {
        var steps = steps("""
                - {when: body.n > 7, log: {message: "${{ body.absent }}"}}
                - {when: "${{ body.n == 7 }}", log: {message: 'yes'}}
                """, BODY);
        assertThat(steps.get(0).doing()).isEqualTo(new Doing.Skip());
        assertThat(run(steps.get(1)).path("message").asText()).isEqualTo("yes");
        assertThat(failure("[{when: body.n, log: {}}]", BODY))
                .isEqualTo("spec.actions[0].when: expression \"body.n\" gave a number, but must give true or false");
    }

    @Test
    void forEachRepeatsItWithItsItem() {
        var steps = steps(
                "[{log: {}}, {forEach: body.list, when: each > 1, log: {message: '${{ index }}:${{ each }}'}}]",
                BODY);
        assertThat(steps).extracting(ActionStep::id).containsExactly("0", "1.0", "1.1");
        assertThat(steps.get(1).doing()).isEqualTo(new Doing.Skip());
        assertThat(run(steps.get(2)).path("message").asText()).isEqualTo("1:2");
        assertThat(steps("[{forEach: '[]', log: {}}]", BODY)).isEmpty();
        assertThat(failure("[{forEach: body.map, log: {}}]", BODY)).contains(".forEach: ", "must give a list");
        var many = "{'list': [" + "1,".repeat(100) + "1]}";
        assertThat(failure("[{forEach: body.list, log: {}}]", many)).contains("a list of 101; the limit is 100");
    }

    @Test
    void everyFailureIsToldWithItsField() {
        assertThat(failure("""
                - http: {url: "http://x/${{ body.absent }}", body: {a: ["${{ body.name.b }}"]}}
                - log: {message: "${{ body.gone }}"}
                """, BODY)).contains("spec.actions[0].http.url: expression \"body.absent\" failed: no such key: absent",
                "spec.actions[0].http.body.a[0]: ", "spec.actions[1].log.message: ");
    }

    @Test
    void keysThatMeetAreAFailure() {
        assertThat(failure("[{http: {url: 'http://x', body: {shop: 1, '${{ body.name }}': 2}}}]", BODY))
                .contains("spec.actions[0].http.body: two keys become 'shop'");
    }

    @Test
    void anObjectThatGoesIsNamedAndNoMore() {
        var steps = steps("""
                - {when: "false", whenFalse: delete, kubernetes: {%s}}
                - {kubernetes: {operation: delete, %s}}
                - {kubernetes: {operation: "${{ body.type }}", %s}}
                """.formatted(CONFIG_MAP, CONFIG_MAP, CONFIG_MAP), BODY);
        var named = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"shop\"}}";
        assertThat(((Doing.Remove) steps.get(0).doing()).spec().path("object").toString()).isEqualTo(named);
        assertThat(run(steps.get(1)).path("object").toString()).isEqualTo(named);
        assertThat(run(steps.get(2)).path("object").toString()).isEqualTo(named);
    }

    @Test
    void anEventThatTellsOfADeletedObjectDeletes() {
        var nodes = JsonNodeFactory.instance;
        var origin = new Origin.Sourced("resource", "1", "delete", "", Instant.EPOCH, nodes.objectNode(),
                Optional.empty());
        var event = Event.of(new EventId("e-1"), Instant.EPOCH, Headers.NONE, Body.of(Given.json(BODY)), origin);
        var rendered = Given.actions("[{kubernetes: {%s}}]".formatted(CONFIG_MAP)).render(event, nodes.objectNode(),
                nodes.objectNode());
        assertThat(rendered).isInstanceOfSatisfying(Rendered.Steps.class,
                steps -> assertThat(run(steps.steps().getFirst()).path("operation").asText()).isEqualTo("delete"));
    }

    @Test
    void theOperationFollowsFromTheObject() {
        var steps = steps("""
                - {kubernetes: {object: {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}}}
                - {kubernetes: {object: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: a-}}}}
                - {kubernetes: {operation: "${{ {true: 'update'}[body.flag] }}", object: "${{ body.map }}"}}
                """, BODY);
        assertThat(steps).extracting(step -> run(step).path("operation").asText())
                .containsExactly("apply", "create", "update");
        assertThat(run(steps.get(2)).path("object").toString()).isEqualTo("{\"k\":\"v\"}");
    }

    @Test
    void moreThanAnApiServerTakesIsNotMade() {
        var body = "{'text': '" + "x".repeat(1_000_000) + "', 'list': [" + "1,".repeat(19) + "1]}";
        assertThat(failure("[{forEach: body.list, log: {message: '${{ body.text }}'}}]", body))
                .contains("would have more than 8388608 characters");
    }

    private static final String PRUNING = """
            [{name: a, forEach: body.items, kubernetes: {prune: true, pruneBy: "${{ body.of }}", %s
              object: {apiVersion: v1, kind: ConfigMap, metadata: {name: "x-${{ each }}", namespace: "${{ body.ns }}"}}}}]
            """;

    @Test
    void pruningComesAfterTheItemsAndKeepsWhatTheyName() {
        var steps = Given.steps(PRUNING.formatted(""), "{'of': 'u1', 'ns': 'n', 'items': [1, 2]}");
        assertThat(steps).extracting(ActionStep::id).containsExactly("0.0", "0.1", "0.prune");
        assertThat(Given.run(steps.getFirst()).path("pruneBy").asText()).isEqualTo("a|u1");
        assertThat(((Doing.Prune) steps.getLast().doing()).spec()).isEqualTo(Given.json("""
                {'by': 'a|u1', 'object': {'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'namespace': 'n'}},
                 'keep': ['x-1', 'x-2']}"""));
    }

    @Test
    void withoutItemsAllIsPruned() {
        assertThat(Given.steps(PRUNING.formatted(""), "{'of': 'u1', 'ns': 'n', 'items': []}")).singleElement()
                .satisfies(step -> assertThat(((Doing.Prune) step.doing()).spec().path("keep")).isEmpty());
    }

    @Test
    void whatIsDeletedIsNotKept() {
        var steps = Given.steps(PRUNING.formatted("operation: delete,"), "{'of': 'u1', 'ns': 'n', 'items': [1]}");
        assertThat(((Doing.Prune) steps.getLast().doing()).spec().path("keep")).isEmpty();
    }

    @Test
    void pruningNeedsASubjectAndAPlace() {
        assertThat(Given.failure(PRUNING.formatted("").replace("pruneBy: \"${{ body.of }}\",", ""),
                "{'ns': 'n', 'items': []}")).contains("kubernetes.pruneBy: is missing: the event has no subject");
        assertThat(Given.failure(PRUNING.formatted("").replace("body.ns", "each.ns"),
                "{'of': 'u', 'items': []}")).contains("each.ns");
        assertThat(Given.failure(PRUNING.formatted("operation: create,"), "{'of': 'u', 'ns': 'n', 'items': [1]}"))
                .contains("operation 'create' does not go with prune");
    }
}
