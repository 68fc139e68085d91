package dev.bellhop.listener.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
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
    @CsvSource(delimiter = '|', textBlock = """
            application/json                  | {"token":"x"}      | {"token":"redacted"}     | {"token":"redacted"}
            application/x-www-form-urlencoded | token=x&n=1&a%26=2 | token=redacted&n=1&a%26=2 | redacted
            text/plain                        | token=x            | token=x                  | redacted
            text/xml                          | <a/>               | <a/>                     | redacted
            """)
    void whatIsNotJsonIsShownUnlessAnAdminHidesFieldsOfIt(String contentType, String content, String byName,
            String byAdmin) {
        var event = new Event(new EventId("e"), Instant.EPOCH, "POST", "/",
                Headers.of(Map.of("Content-Type", contentType).entrySet()),
                Body.read(content.getBytes(StandardCharsets.UTF_8)));
        assertThat(new String(HiddenFields.BY_NAME.payload(event), StandardCharsets.UTF_8)).isEqualTo(byName);
        var admins = List.of(HiddenFields.at(List.of("/body/user")), HiddenFields.at(List.of("/**/email")));
        assertThat(admins).allSatisfy(hidden -> assertThat(new String(hidden.payload(event), StandardCharsets.UTF_8))
                .isEqualTo(byAdmin));
        assertThat(new String(HiddenFields.at(List.of("/extensions/user")).payload(event), StandardCharsets.UTF_8))
                .isEqualTo(byName);
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
