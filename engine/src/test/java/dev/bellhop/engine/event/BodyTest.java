package dev.bellhop.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is accepted as the body of an event, and what it means.
class BodyTest {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                                 | {"n": 1}             | {"n":1}
            -                                 | [{"n": 1}]           | [{"n":1}]
            -                                 | ''                   | null
            ''                                | {"n": 1}             | {"n":1}
            application/json                  | {"n": 1}             | {"n":1}
            application/json                  | []                   | []
            Application/JSON ; charset=utf-8  | {"n": 1}             | {"n":1}
            application/cloudevents+json      | {"n": 1}             | {"n":1}
            text/plain                        | disk full            | null
            text/plain                        | {"n": 1}             | {"n":1}
            text/plain                        | {"n":                | null
            text/plain                        | ''                   | null
            application/xml                   | <build id="1"/>      | null
            application/x-www-form-urlencoded | payload=%7B%22n%22%7D | null
            application/x-www-form-urlencoded | {"n": 1}             | {"n":1}
            """)
    void takesWhatItsContentTypeAllows(@Nullable String contentType, String content, String json) {
        var body = accepted(content.getBytes(StandardCharsets.UTF_8), contentType);
        assertThat(body.json()).hasToString(json);
        assertThat(body.isJson()).isEqualTo(!json.equals("null"));
        assertThat(body.text()).contains(content);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                             | disk full | the body is not JSON
            -                             | ' '       | the body is empty
            -                             | <build/>  | needs a Content-Type that says what it is
            -                             | 5         | JSON of type NUMBER
            application/json              | ''        | the body is empty; a JSON object or list is expected
            application/json              | {"n":     | line 1, column
            application/json              | "text"    | JSON of type STRING
            application/json              | null      | JSON of type NULL
            application/vnd.x+json; v=1   | payload=1 | the body is not JSON
            """)
    void refusesWhatIsDeclaredToBeJsonOrNotDeclaredAndIsNone(@Nullable String contentType, String content,
            String why) {
        assertThat(Body.parse(content.getBytes(StandardCharsets.UTF_8), Optional.ofNullable(contentType)))
                .isInstanceOfSatisfying(Body.Parsed.NotAccepted.class, refused -> {
                    assertThat(refused.why()).contains(why);
                    assertThat(refused.why().contains("needs a Content-Type")).isEqualTo(contentType == null);
                });
    }

    @Test
    void keepsBytesThatAreNoText() {
        var bytes = new byte[]{(byte) 0xFF, 0, (byte) 0x80, '{', '}'};
        var body = accepted(bytes, "application/octet-stream");
        assertThat(body.bytes()).isEqualTo(bytes);
        assertThat(body.text()).isEmpty();
        assertThat(body.otherThanObject()).contains("the body of the event is not JSON");
    }

    @Test
    void whatIsReadAgainFromTheJournalIsTheSame() {
        for (var content : new String[]{"{\"n\": 1}", "[1]", "7", "plain", ""}) {
            var bytes = content.getBytes(StandardCharsets.UTF_8);
            var body = accepted(bytes, "text/plain");
            var again = Body.read(bytes);
            assertThat(again.json()).isEqualTo(body.json());
            assertThat(again.isJson()).isEqualTo(body.isJson());
        }
    }

    private static Body accepted(byte[] bytes, @Nullable String contentType) {
        return switch (Body.parse(bytes, Optional.ofNullable(contentType))) {
            case Body.Parsed.Accepted(var body) -> body;
            case Body.Parsed.NotAccepted(var why) -> throw new AssertionError(why);
        };
    }
}
