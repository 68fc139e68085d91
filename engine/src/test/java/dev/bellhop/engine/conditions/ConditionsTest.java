package dev.bellhop.engine.conditions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ConditionsSpec;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String EVENTS = """
            events: [{name: a, filter: "body.is == 'a'"}, {name: b, filter: "body.is == 'b'"}, \
            {name: c, filter: "body.is in ['b', 'c']"}]""";

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource(delimiter = ';', textBlock = """
            ''                    ; a b c ; true
            ''                    ; a b   ; false
            a && b                ; a b   ; true
            a && b                ; b     ; false
            a || b                ; b     ; true
            a || b && c           ; b     ; false
            a || b && c           ; a     ; true
            (a || b) && c         ; a     ; false
            (a || b) && c         ; b c   ; true
            ((a)&&(b||(c)))       ; a c   ; true
            """)
    void holdWhenEnoughHasCome(String expression, String come, boolean hold) {
        assertThat(compile("{" + EVENTS + ", expression: \"" + expression + "\"}").orElseThrow()
                .hold(Set.of(come.split(" ")))).isEqualTo(hold);
    }

    @ParameterizedTest
    @CsvSource({"a,a", "b,b c", "c,c", "d,''"})
    void anEventIsAnyOfTheAwaited(String is, String names) {
        var classified = compile("{" + EVENTS + "}").orElseThrow().classify(event(is),
                JsonNodeFactory.instance.objectNode());
        assertThat(classified.names())
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(" "));
        assertThat(classified.complaints()).isEmpty();
    }

    @Test
    void aFilterThatFailsIsComplainedAbout() {
        var classified = compile("{events: [{name: a, filter: body.deep.is == 1}, {name: b}]}").orElseThrow()
                .classify(event("x"), JsonNodeFactory.instance.objectNode());
        assertThat(classified.names()).containsExactly("b");
        assertThat(classified.complaints()).singleElement().asString().contains("event 'a'", "no such key: deep");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2026-11-21T12:00:00Z, 2026-11-21T07:59:00Z
            2026-11-21T07:59:00Z, 2026-11-21T07:59:00Z
            2026-11-21T07:58:59Z, 2026-11-20T07:59:00Z
            """)
    void knowsWhenAllWasForgotten(Instant now, Instant reset) {
        assertThat(compile("{" + EVENTS + ", reset: [{cron: '59 23 * * *', timezone: America/Los_Angeles}, "
                + "{schedule: '0 0 1 1 *'}]}").orElseThrow().lastReset(now)).contains(reset);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            {events: []}                                          ; spec.conditions.events must have from 1 to 20 events, but has 0
            {events: [{name: 1st}]}                               ; spec.conditions.events[0].name '1st' is no name
            {events: [{name: a}, {name: a}]}                      ; spec.conditions.events[1].name 'a' is there twice
            {events: [{name: a, filter: 'body.'}]}                ; spec.conditions.events[0].filter does not compile at 1:
            {events: [{name: a}], expression: 'a &&'}               ; spec.conditions.expression ends where a name is expected
            {events: [{name: a}], expression: '(a'}                 ; spec.conditions.expression lacks a closing parenthesis
            {events: [{name: a}], expression: '!a'}               ; spec.conditions.expression has '!' where a name is expected
            {events: [{name: a}], expression: 'a a'}                ; spec.conditions.expression 'a a': 'a' is not expected there
            {events: [{name: a}], expression: 'a || b'}             ; spec.conditions.expression names 'b', which is none of the events [a]
            {events: [{name: a}], reset: [{schedule: daily}]}     ; spec.conditions.reset[0].schedule 'daily' is not one
            {events: [{name: a}], reset: [{schedule: '@daily', timeZone: X}]} ; spec.conditions.reset[0].timeZone 'X' is not known
            """)
    void tellsWhatIsWrong(String spec, String problem) {
        var problems = new ArrayList<Problem>();
        assertThat(ConditionsCompiler.compile(read(spec), "spec.conditions", "team", problems)).isEmpty();
        assertThat(problems).singleElement().satisfies(one -> assertThat(one.message()).startsWith(problem));
    }

    private static Optional<Conditions> compile(String spec) {
        var problems = new ArrayList<Problem>();
        var compiled = ConditionsCompiler.compile(read(spec), "spec.conditions", "team", problems);
        assertThat(problems).isEmpty();
        return compiled;
    }

    private static ConditionsSpec read(String spec) {
        try {
            return YAML.readValue(spec, ConditionsSpec.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(spec, e);
        }
    }

    private static Event event(String is) {
        return new Event(new EventId("e-1"), Instant.EPOCH, "POST", "/", Headers.NONE,
                Body.of(JsonNodeFactory.instance.objectNode().put("is", is)));
    }
}
