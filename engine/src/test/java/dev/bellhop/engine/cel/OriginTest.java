package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.event.Origin;
import dev.bellhop.engine.secret.Secrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What expressions see of an event that an EventSource brought.
class OriginTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            event.source                                         | resource
            event.type + ' ' + event.subject                     | update v1/ConfigMap team/colours
            event.cluster                                        | local
            event.time == timestamp('2026-01-02T03:04:05Z')      | true
            body.data.colour + ' was ' + oldBody.data.colour     | red was blue
            has(oldBody.data.shape)                              | false
            event.id                                             | e-1
            requestURL                                           | /
            """)
    void showsWhatTheSourceSays(String expression, String value) {
        assertThat(outcome(expression, Body.of(colour("red")))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain text | raw                  | plain text
            [1,2]      | raw                  | [1,2]
            {"a":1}    | string(body.a) + raw | 1{"a":1}
            [1,2]      | dyn(body)[1]         | 2
            plain text | dyn(body) == null    | true
            plain text | body.?a.orValue('-') | -
            plain text | rawBytes             | cGxhaW4gdGV4dA==
            plain text | rawBytes == b'plain text' | true
            """)
    void showsContentOfAnyKind(String content, String expression, String value) {
        assertThat(outcome(expression, Body.read(content.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            plain text | body.a == 1        | error: no such key: a, for its parent is no map (at 1:5); the body of the event is not JSON
            plain text | has(body.a)        | error: no such key: a, for its parent is no map (at 1:4); the body of the event is not JSON
            ''         | body.a == 1        | error: no such key: a, for its parent is no map (at 1:5); the body of the event is empty
            [1,2]      | body.a == 1        | error: no such key: a, for its parent is no map (at 1:5); the body of the event is JSON of type ARRAY and no object
            7          | size(body)         | error: no such overload: size (at 1:5); the body of the event is JSON of type NUMBER and no object
            {"b":1}    | body.a == 1        | error: no such key: a (at 1:5)
            plain text | header.missing     | error: no such key: missing (at 1:7)
            """)
    void saysWhatTheBodyIsWhenItIsNoObject(String content, String expression, String failure) {
        assertThat(outcome(expression, Body.read(content.getBytes(StandardCharsets.UTF_8)))).isEqualTo(failure);
    }

    private static ObjectNode colour(String colour) {
        var body = JSON.objectNode();
        body.putObject("data").put("colour", colour);
        return body;
    }

    private static String outcome(String expression, Body body) {
        var json = Sample.outcome(CelExpression.compile(expression, "team"), changed(body));
        return json.startsWith("\"") ? json.substring(1, json.length() - 1).replace("\\\"", "\"") : json;
    }

    private static Scope changed(Body body) {
        var origin = new Origin.Sourced("resource", "uid/7", "update", "v1/ConfigMap team/colours",
                Instant.parse("2026-01-02T03:04:05Z"), JSON.objectNode().put("cluster", "local"),
                Optional.of(colour("blue")));
        return new Scope(Event.of(new EventId("e-1"), Instant.EPOCH, Headers.NONE, body, origin), JSON.objectNode(),
                ref -> new Secrets.Lookup.Missing(ref + " does not exist"));
    }
}
