package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OverlayKeyTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{}                     | a        | {\"a\":\"v\"}",
            "{}                     | a.b      | {\"a\":{\"b\":\"v\"}}",
            "{}                     | a\\.b    | {\"a.b\":\"v\"}",
            "{}                     | a.0      | {\"a\":[\"v\"]}",
            "{}                     | a.2      | {\"a\":[null,null,\"v\"]}",
            "{}                     | a.-1     | {\"a\":[\"v\"]}",
            "{}                     | a.-1.b   | {\"a\":[{\"b\":\"v\"}]}",
            "{}                     | a.:0     | {\"a\":{\"0\":\"v\"}}",
            "{}                     | a.\\0    | {\"a\":{\"0\":\"v\"}}",
            "{}                     | 0        | {\"0\":\"v\"}",
            "{}                     | -1       | {\"-1\":\"v\"}",
            "{}                     | a.0.1    | {\"a\":[[null,\"v\"]]}",
            "{}                     | a\\*     | {\"a*\":\"v\"}",
            "{\"a\":{\"b\":1}}      | a.c      | {\"a\":{\"b\":1,\"c\":\"v\"}}",
            "{\"a\":{\"b\":1}}      | a.0      | {\"a\":{\"b\":1,\"0\":\"v\"}}",
            "{\"a\":{\"b\":1}}      | a.b      | {\"a\":{\"b\":\"v\"}}",
            "{\"a\":[1,2]}          | a.-1     | {\"a\":[1,2,\"v\"]}",
            "{\"a\":[1,2]}          | a.0      | {\"a\":[\"v\",2]}",
            "{\"a\":[1]}            | a.3      | {\"a\":[1,null,null,\"v\"]}",
            "{\"a\":[null,{\"b\":1}]} | a.0.b  | {\"a\":[{\"b\":\"v\"},{\"b\":1}]}",
            "{\"a\":[null,{\"b\":1}]} | a.1.b  | {\"a\":[null,{\"b\":\"v\"}]}",
    })
    void putsTheValueInItsPlace(String before, String key, String after) {
        var root = Given.json(before);
        assertThat(parsed(key).set(root, TextNode.valueOf("v"))).isEmpty();
        assertThat(root).isEqualTo(Given.json(after));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{\"a\":[1]} | a.b   | overlay key 'a.b': cannot set array element for non-numeric key 'b'",
            "{\"a\":1}   | a.b   | overlay key 'a.b': 'a' holds neither an object nor a list",
            "{\"a\":[1]} | a.0.b | overlay key 'a.0.b': '0' holds neither an object nor a list",
    })
    void complainsWhenSomethingElseStandsInTheWay(String before, String key, String complaint) {
        assertThat(parsed(key).set(Given.json(before), TextNode.valueOf("v"))).contains(complaint);
    }

    @ParameterizedTest
    @ValueSource(strings = {".a", "a.", "a..b", ":", "a.1001", "a.#", "*", "a|b", "@x", "a?"})
    void refusesWhatItCannotDo(String key) {
        assertThat(OverlayKey.parse(key)).isInstanceOf(OverlayKey.Parsed.Broken.class);
    }

    @Test
    void saysWhatToWriteInstead() {
        assertThat(OverlayKey.parse("a..b")).isEqualTo(new OverlayKey.Parsed.Broken(
                "'a..b' has an empty part: write a.b, or a\\.b for a name with a dot"));
        assertThat(OverlayKey.parse("a.1001")).isEqualTo(
                new OverlayKey.Parsed.Broken("'a.1001' names place 1001 of a list: the highest is 1000"));
        assertThat(OverlayKey.parse("a.*")).isEqualTo(new OverlayKey.Parsed.Broken(
                "'a.*' has the character *, which is not supported: write \\* for a name with it"));
    }

    private static OverlayKey parsed(String key) {
        return ((OverlayKey.Parsed.Sound) OverlayKey.parse(key)).key();
    }
}
