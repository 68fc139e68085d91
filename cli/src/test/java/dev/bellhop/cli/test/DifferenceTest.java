package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{}                             | {'a': 1}",
            "{'a': 1}                       | {'a': 1, 'b': 2}",
            "{'a': 1}                       | {'a': 1.0}",
            "{'a': null}                    | {}",
            "{'a': null}                    | {'a': null}",
            "{'a': [{'b': 1}]}              | {'a': [{'b': 1, 'c': 2}]}",
            "{'metadata': {'name': 'x-*'}}  | {'metadata': {'name': 'x-1'}}",
            "{'metadata': {'name': 'x-*'}}  | {'metadata': {'generateName': 'x-'}}",
    })
    void isNoneWhereWhatIsExpectedIsThere(String expected, String actual) {
        assertThat(Difference.of(json(expected), json(actual))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{'a': 1}                      | {'a': 2}                      | a: expected 1, was 2",
            "{'a': '1'}                    | {'a': 1}                      | a: expected \"1\", was 1",
            "{'a': {'b': 1}}               | {'a': {}}                     | a.b: expected 1, is missing",
            "{'a': null}                   | {'a': 0}                      | a: must be absent, was 0",
            "{'a': [1]}                    | {'a': [1, 2]}                 | a: expected 1 elements, has 2: [1,2]",
            "{'a': [1, {'b': 2}]}          | {'a': [1, {'b': 3}]}          | a[1].b: expected 2, was 3",
            "{'a': {}}                     | {'a': []}                     | a: expected {}, was []",
            "{'a': 'x\\ny'}                | {'a': 'x\\nz'}                | a: line 2: expected y, was z",
            "{'metadata': {'name': 'x-*'}} | {'metadata': {'name': 'y'}}   | metadata.name: expected \"x-*\", was \"y\"",
    })
    void namesThePlaceAndBothValues(String expected, String actual, String line) {
        assertThat(Difference.of(json(expected), json(actual))).containsExactly(line);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
