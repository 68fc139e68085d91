package dev.bellhop.engine.jsonpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.engine.json.JsonText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String DOCUMENT = """
            {"a": {"b": "c", "dotted.key": 1, "sl/ash": 2, "sp ace": 3, "back\\\\slash": 4, "*": 5, "7": 6, "ключ": 7, "": 8},
             "list": ["zero", "one", "two", "three", "four"],
             "empty": [], "nothing": null, "yes": true, "text": "words",
             "items": [{"name": "x", "n": 1, "on": true, "tags": ["t1", "t2"]},
                       {"name": "y", "n": 2.5, "on": false, "tags": []},
                       {"name": "z", "n": 10, "on": true, "tags": ["t3"], "extra": {"name": "deep"}}],
             "nested": [[1, 2], [], [3]],
             "some": [{"k": 1}, {"other": 2}, null, 5],
             "quotes": [{"s": "it's"}, {"s": "a \\"b\\""}, {"s": "c)d"}, {"s": "]"}, {"s": "new\\nline"}, {"s": "a == b"}]}""";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " → ", textBlock = """
            a.b → ["c"]
            .a.b → ["c"]
            {a.b} → ["c"]
            {.a.b} → ["c"]
            $.a.b → ["c"]
            @.a.b → ["c"]
            a .b → ["c"]
            a.dotted\\.key → [1]
            a['dotted\\.key'] → [1]
            a.sl/ash → [2]
            a.sl\\/ash → [2]
            a['sl/ash'] → [2]
            a.sp\\ ace → [3]
            a['sp\\ ace'] → [3]
            a.back\\\\slash → [4]
            a.\\* → [5]
            a.7 → [6]
            a.ключ → [7]
            ['a']['b'] → ["c"]
            ['a'].b → ["c"]
            ['a.b'] → ["c"]
            a['*'] → ["c",1,2,3,4,5,6,7,8]
            nothing → [null]
            list[0] → ["zero"]
            list.[0] → ["zero"]
            list[-1] → ["four"]
            list[-2] → ["three"]
            list[-5] → ["zero"]
            list[1:3] → ["one","two"]
            list[:2] → ["zero","one"]
            list[3:] → ["three","four"]
            list[-2:] → ["three","four"]
            list[-1:] → ["four"]
            list[:-1] → ["zero","one","two","three"]
            list[-3:-1] → ["two","three"]
            list[::2] → ["zero","two","four"]
            list[1::2] → ["one","three"]
            list[1:4:2] → ["one","three"]
            list[0:5:2147483647] → ["zero"]
            list[2:2] → []
            list[:] → ["zero","one","two","three","four"]
            list[*] → ["zero","one","two","three","four"]
            list.* → ["zero","one","two","three","four"]
            empty[*] → []
            empty[:] → []
            nothing[0] → []
            nothing.* → []
            text.* → []
            list[0,2] → ["zero","two"]
            list[ 0 , -1 ] → ["zero","four"]
            list[0,2:4] → ["zero","two","three"]
            a['b','7'] → ["c",6]
            items[*]['name','n'] → ["x","y","z",1,2.5,10]
            items[*].name → ["x","y","z"]
            items[0].tags[1] → ["t2"]
            items[*].extra.name → ["deep"]
            items[*].tags[*] → ["t1","t2","t3"]
            nested[*][*] → [1,2,3]
            some[*].k → [1]
            ..name → ["x","y","z","deep"]
            items..name → ["x","y","z","deep"]
            items[2]..name → ["z","deep"]
            nested..[0] → [[1,2],1,3]
            ..['k'] → [1]
            items[?(@.name == 'y')].n → [2.5]
            items[?(@.name=="y")].n → [2.5]
            items.[?(@.name == 'y')].n → [2.5]
            items[?('y' == @.name)].n → [2.5]
            items[?(@.name != 'y')].name → ["x","z"]
            items[?(@.name > 'x')].name → ["y","z"]
            items[?(@.n < 2.5)].name → ["x"]
            items[?(@.n <= 2.5)].name → ["x","y"]
            items[?(@.n > 1)].name → ["y","z"]
            items[?(@.n >= 2)].name → ["y","z"]
            items[?(@.n == 1)].name → ["x"]
            items[?(@.n == 1.0)].name → ["x"]
            items[?(@.n > -1)].name → ["x","y","z"]
            items[?(@.on == true)].name → ["x","z"]
            items[?(@.on != true)].name → ["y"]
            items[?(@.name == @.name)].n → [1,2.5,10]
            items[?(@.extra)].name → ["z"]
            items[?(@.tags[0])].name → ["x","z"]
            items[?(@.name == 'nobody')] → []
            items[?(@.name == 'nobody')].n → []
            some[?(@.k)] → [{"k":1}]
            list[?(@ == 'two')] → ["two"]
            list[?(@ > 'two')] → ["zero"]
            quotes[?(@.s == "it's")] → [{"s":"it's"}]
            quotes[?(@.s == 'it\\'s')] → [{"s":"it's"}]
            quotes[?(@.s == 'a "b"')] → [{"s":"a \\"b\\""}]
            quotes[?(@.s == 'c)d')] → [{"s":"c)d"}]
            quotes[?(@.s == ']')] → [{"s":"]"}]
            quotes[?(@.s == 'new\\nline')] → [{"s":"new\\nline"}]
            quotes[?(@.s == '\\u005d')] → [{"s":"]"}]
            quotes[?(@.s == 'a == b')] → [{"s":"a == b"}]
            """, quoteCharacter = '`')
    void finds(String path, String expected) throws JsonProcessingException {
        assertThat(from(path, MAPPER.readTree(DOCUMENT))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " → ", textBlock = """
            missing → missing is not found
            a.missing.b → missing is not found
            a.b.c → c is not found
            nothing.x → x is not found
            items.name → name is not found
            items[*].nowhere → nowhere is not found
            ..nowhere → nowhere is not found
            list[5] → array index out of bounds: index 5, length 5
            list[-6] → array index out of bounds: index -1, length 5
            list[1:9] → array index out of bounds: index 8, length 5
            list[9:] → array index out of bounds: index 9, length 5
            list[3:1] → starting index 3 is greater than ending index 1
            empty[0] → array index out of bounds: index 0, length 0
            empty[-1] → array index out of bounds: index -1, length 0
            a[0] → only an array has an index, and this is an object
            a[*] → only an array has an index, and this is an object
            text[0] → only an array has an index, and this is a string
            yes[0] → only an array has an index, and this is a boolean
            a[?(@.b)] → only an array can be filtered, and this is an object
            nothing[?(@.b)] → only an array can be filtered, and this is null
            ..[?(@.name)] → only an array can be filtered, and this is an object
            some[?(@.k == 1)] → k is not found
            items[?(@.name == 1)] → incompatible types for comparison with ==
            items[?(@.on == 'true')] → incompatible types for comparison with ==
            items[?(@.on < true)] → invalid type for comparison with <
            items[?(@.tags == @.tags)] → invalid type for comparison with ==
            some[?(@ == 'x')] → incompatible types for comparison with ==
            items[?(@.tags[*] == 't1')] → can only compare one element at a time
            """, quoteCharacter = '`')
    void saysWhyItFindsNothing(String path, String expected) throws JsonProcessingException {
        assertThat(from(path, MAPPER.readTree(DOCUMENT))).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " → ", textBlock = """
            {a → braces may only enclose the whole path
            a} → braces may only enclose the whole path
            {{a}} → braces may only enclose the whole path
            {a}{b} → braces may only enclose the whole path
            {} → the path is empty
            `` → the path is empty
            . → the path is empty
            a. → a name is missing after the dot at character 2
            a...b → a name is missing after the dot
            a.. ..b → a name is missing after the dot
            a\\ → nothing follows the last backslash
            a b → unexpected 'b' at character 3
            a,b → unexpected ',b' at character 2
            ['a']b → unexpected 'b' at character 6
            list[ → the '[' at character 5 is not closed by ']'
            list[1 → is not closed by ']'
            list['1] → unterminated quoted string '1]
            list[] → invalid array index []
            list[one] → invalid array index [one]
            list["a"] → invalid array index ["a"]
            list[1:2:3:4] → invalid array index [1:2:3:4]
            list[-] → array index - is not a number
            list[99999999999] → array index 99999999999 is not a number
            list[0:2:0] → the step must be greater than 0
            list[0:2:-1] → the step must be greater than 0
            items[?(@.a == 'x'] → the '(' at character 8 is not closed by ')'
            items[?(@.a == 'x') → must be closed by )]
            items[?()] → a side of the filter is empty
            items[?(@.a ==)] → a side of the filter is empty
            items[?(@.a = 'x')] → unrecognized filter operator =
            items[?(@.a =~ 'x')] → unrecognized filter operator =~
            items[?(@.a == null)] → a filter cannot hold 'null'
            items[?(@.a == x)] → a filter cannot hold 'x'
            items[?(@.a && @.b)] → a filter cannot hold '@.a && @.b'
            items[?(@.a == 'x' && @.b == 'y')] → a filter cannot hold ''x' && @.b == 'y''
            items[?(@.a == '\\q')] → invalid escape \\q
            items[?(@.a == '\\u00')] → \\u needs four hexadecimal digits
            """, quoteCharacter = '`')
    void saysWhatIsWrongWithThePath(String path, String expected) {
        assertThat(JsonPath.parse(path)).isInstanceOfSatisfying(JsonPath.Parsed.Broken.class,
                broken -> assertThat(broken.why()).contains(expected));
    }

    @Test
    void findsEveryValueOfABodyAsDeepAsAreAccepted() throws JsonProcessingException {
        var deep = "[".repeat(999) + "7" + "]".repeat(999);

        assertThat(from("..[0]", MAPPER.readTree(deep))).startsWith("[[[[").contains("7");
    }

    @Test
    void givesUpBeforeRepeatedDescentsFillTheMemory() throws JsonProcessingException {
        var deep = "{\"a\":".repeat(900) + "1" + "}".repeat(900);

        assertThat(from("..a..a..a", MAPPER.readTree(deep))).isEqualTo("finds more than 100000 values");
    }

    @Test
    void tellsTheLeadingFieldsAndRenamesThem() throws JsonProcessingException {
        var path = ((JsonPath.Parsed.Sound) JsonPath.parse("header.x-event[0].y")).path();

        assertThat(path.leadingFields()).isEqualTo(List.of("header", "x-event"));
        var renamed = path.withLeadingField(1, "X-Event");
        assertThat(renamed.leadingFields()).isEqualTo(List.of("header", "X-Event"));
        assertThat(renamed.from(MAPPER.readTree("{\"header\":{\"X-Event\":[{\"y\":1}]}}")))
                .isEqualTo(new Found.Values(List.of(MAPPER.readTree("1"))));
    }

    private static String from(String path, JsonNode document) {
        var parsed = JsonPath.parse(path);
        assertThat(parsed).isInstanceOf(JsonPath.Parsed.Sound.class);
        return switch (((JsonPath.Parsed.Sound) parsed).path().from(document)) {
            case Found.Values(var values) ->
                JsonText.compact(MAPPER.createArrayNode().addAll(values), JsonText.Escapes.NEEDED);
            case Found.Failed(var why) -> why;
        };
    }
}
