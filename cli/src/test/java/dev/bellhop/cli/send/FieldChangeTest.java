package dev.bellhop.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldChangeTest {
    private static final String BODY = "{'a': {'b': 1}, 'l': [{'x': 1}, 2]}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a.b=2          | {'a': {'b': 2}, 'l': [{'x': 1}, 2]}",
            "a.b=two words  | {'a': {'b': 'two words'}, 'l': [{'x': 1}, 2]}",
            "a.b=x=y        | {'a': {'b': 'x=y'}, 'l': [{'x': 1}, 2]}",
            "a.b=           | {'a': {'b': ''}, 'l': [{'x': 1}, 2]}",
            "a={'c': []}    | {'a': {'c': []}, 'l': [{'x': 1}, 2]}",
            "l[0].x=9       | {'a': {'b': 1}, 'l': [{'x': 9}, 2]}",
            "l[2]=3         | {'a': {'b': 1}, 'l': [{'x': 1}, 2, 3]}",
            "n.m[0].k=v     | {'a': {'b': 1}, 'l': [{'x': 1}, 2], 'n': {'m': [{'k': 'v'}]}}",
    })
    void putsTheValueThere(String change, String result) {
        var body = json(BODY);
        FieldChange.parse(change.replace('\'', '"')).applyTo(body);
        assertThat(body).isEqualTo(json(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "a         | write PATH=VALUE",
            "a..b=1    | 'a..b' is no path such as commits[0].id",
            "a[x]=1    | 'a[x]' is no path such as commits[0].id",
            "a.b.c=1   | 'a.b' is 1, which has no 'c'",
            "l.x=1     | 'l' is a list: write [0] for its first element",
            "l[3]=1    | 'l' has only 2 elements",
    })
    void saysWhyItCannot(String change, String why) {
        assertThatThrownBy(() -> FieldChange.parse(change).applyTo(json(BODY)))
                .isInstanceOf(IllegalArgumentException.class).hasMessage(why);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) new JsonMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
