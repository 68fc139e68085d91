package dev.bellhop.engine.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.bellhop.engine.json.JsonText.Escapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @ParameterizedTest
    @CsvSource({
            "0, 0", "-0, 0", "42, 42", "-7, -7", "1.0, 1", "1.50, 1.5", "0.1, 0.1", "-2.5e3, -2500", "100, 100",
            "1e2, 100",
            // Go reads these into a float64 and gives 9007199254740992 and 1e+21; here every digit stays.
            "9007199254740993, 9007199254740993", "123456789012345678901234567890, 123456789012345678901234567890",
            "1000000000000000000000, 1000000000000000000000", "3.14159265358979323846264, 3.14159265358979323846264",
            "1e20, 100000000000000000000", "1e21, 1e+21", "1.5e21, 1.5e+21", "-1.25e300, -1.25e+300",
            "1e999999, 1e+999999",
            "0.000001, 0.000001", "0.0000001, 1e-7", "1.5e-10, 1.5e-10", "0e5, 0"})
    void writesNumbersAsGoDoesButWithAllTheirDigits(String json, String expected) throws JsonProcessingException {
        assertThat(JsonText.number(read(json))).isEqualTo(expected);
    }

    @Test
    void writesDoublesOfExpressionsWithoutAPointlessFraction() {
        assertThat(JsonText.number(DoubleNode.valueOf(5.0))).isEqualTo("5");
        assertThat(JsonText.number(DoubleNode.valueOf(0.1 + 0.2))).isEqualTo("0.30000000000000004");
        assertThat(JsonText.number(DoubleNode.valueOf(Double.NaN))).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', textBlock = """
            {"b": 1, "a": [1, 2.0, null, true, "x"]}; {"a":[1,2,null,true,"x"],"b":1}
            {"b": {"d": 1, "c": {}}, "a": []}; {"a":[],"b":{"c":{},"d":1}}
            {"\\ue000": 1, "\\ud83d\\ude00": 2, "B": 3, "a": 4}; {"B":3,"a":4,"\ue000":1,"😀":2}
            {"q\\"": "\\\\ \\n \\t \\b \\f \\r \\u0001 <>&"}; {"q\\"":"\\\\ \\n \\t \\b \\f \\r \\u0001 <>&"}
            """)
    void writesCompactlyWithSortedKeys(String json, String expected) throws JsonProcessingException {
        assertThat(JsonText.compact(read(json), Escapes.NEEDED)).isEqualTo(expected);
    }

    @Test
    void escapesForHtmlAsGoDoes() throws JsonProcessingException {
        assertThat(JsonText.compact(read("{\"<\":\"<>&\\u2028\\u2029é\"}"), Escapes.HTML))
                .isEqualTo("{\"\\u003c\":\"\\u003c\\u003e\\u0026\\u2028\\u2029é\"}");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            plain, plain
            a\\nb, `a
            b`
            \\"\\\\\\/, "\\/
            \\u0041\\u00e9, Aé
            \\ud83d\\ude00, 😀
            lone \\ud83d half, lone \ufffd half
            """)
    void readsWhatMayStandBetweenTheQuotesOfAString(String text, String expected) {
        assertThat(JsonText.unescape(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"", "a\nb", "tab\t", "\\", "C:\\dir", "\\u12", "\\u12g4", "\\x41", "say \"hi\""})
    void refusesWhatMayNotStandThere(String text) {
        assertThat(JsonText.unescape(text)).isEmpty();
    }

    @Test
    void replacesHalvesOfSurrogatePairs() {
        assertThat(JsonText.wellFormed("a\ud83d")).isEqualTo("a\ufffd");
        assertThat(JsonText.wellFormed("\ude00\ud83d\ude00\ud83d\ud83d")).isEqualTo("\ufffd\ud83d\ude00\ufffd\ufffd");
    }

    private static JsonNode read(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }
}
