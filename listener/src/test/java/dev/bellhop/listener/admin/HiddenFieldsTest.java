package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What people are shown of a payload.
class HiddenFieldsTest {
    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }

    private static String shown(HiddenFields hidden, String root, JsonNode tree) {
        return hidden.in(root, tree).orElse(tree).toString();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '#', delimiter = '|', value = {
            "{\"token\":\"x\"}                                | {\"token\":\"redacted\"}",
            "{\"a\":[{\"b\":{\"apiKey\":7,\"c\":1}}]}         | {\"a\":[{\"b\":{\"apiKey\":\"redacted\",\"c\":1}}]}",
            "{\"z\":1,\"passwd\":{\"deep\":\"x\"},\"a\":2}    | {\"z\":1,\"passwd\":\"redacted\",\"a\":2}",
            "{\"secret\":null}                                | {\"secret\":null}",
            "{\"author\":\"ann\",\"key\":\"PROJ-1\"}          | {\"author\":\"ann\",\"key\":\"PROJ-1\"}"})
    void aNameThatSpeaksOfASecretHidesItsValue(String from, String to) {
        assertThat(shown(HiddenFields.BY_NAME, "body", json(from))).isEqualTo(json(to).toString());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '#', delimiter = '|', value = {
            "/body/user/email     | {\"user\":{\"email\":\"redacted\",\"name\":\"n\"},\"list\":[{\"email\":\"e\"},1]}",
            "/body/user           | {\"user\":\"redacted\",\"list\":[{\"email\":\"e\"},1]}",
            "/body/list/*/email   | {\"user\":{\"email\":\"e\",\"name\":\"n\"},\"list\":[{\"email\":\"redacted\"},1]}",
            "/body/list/1         | {\"user\":{\"email\":\"e\",\"name\":\"n\"},\"list\":[{\"email\":\"e\"},\"redacted\"]}",
            "/**/email            | {\"user\":{\"email\":\"redacted\",\"name\":\"n\"},\"list\":[{\"email\":\"redacted\"},1]}",
            "/body/**/name        | {\"user\":{\"email\":\"e\",\"name\":\"redacted\"},\"list\":[{\"email\":\"e\"},1]}",
            "/body/**/**/name     | {\"user\":{\"email\":\"e\",\"name\":\"redacted\"},\"list\":[{\"email\":\"e\"},1]}",
            "/**/user/*           | {\"user\":{\"email\":\"redacted\",\"name\":\"redacted\"},\"list\":[{\"email\":\"e\"},1]}",
            "/extensions/user     | {\"user\":{\"email\":\"e\",\"name\":\"n\"},\"list\":[{\"email\":\"e\"},1]}",
            "/body/email          | {\"user\":{\"email\":\"e\",\"name\":\"n\"},\"list\":[{\"email\":\"e\"},1]}"})
    void aPointerHidesWhatItPointsAt(String pointer, String shown) {
        var body = json("{\"user\":{\"email\":\"e\",\"name\":\"n\"},\"list\":[{\"email\":\"e\"},1]}");
        assertThat(shown(HiddenFields.at(List.of(pointer)), "body", body)).isEqualTo(shown);
    }

    @Test
    void aSlashInANameIsEscaped() {
        assertThat(shown(HiddenFields.at(List.of("/extensions/a~1b~0c")), "extensions", json("{\"a/b~c\":1}")))
                .isEqualTo("{\"a/b~c\":\"redacted\"}");
    }

    @Test
    void aPayloadWithNothingToHideIsShownAsItCame() {
        var body = json("{\"a\":[1,{\"b\":null}]}");
        assertThat(HiddenFields.at(List.of("/body/x", "/**/y")).in("body", body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "email", "/email", "/body", "/body/", "/bodyx/a", "/**", "/body/**", "/body/a~b"})
    void refusesWhatPointsAtNothing(String pointer) {
        assertThatThrownBy(() -> HiddenFields.at(List.of(pointer))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a JSON pointer");
    }
}
