package dev.bellhop.apiserver.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.apiserver.object.Json;
import dev.bellhop.apiserver.status.Refusal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a=1                     | true
            a==1,b=2                | true
            a=2                     | false
            c!=1                    | true
            a!=1                    | false
            a in (1, 2)             | true
            a notin (1,2)           | false
            c notin (1)             | true
            example.dev/x           | true
            !c                      | true
            !a                      | false
            n>4                     | true
            n<5                     | false
            a in (1),b notin (3),!c | true
            """)
    void asksTheLabelsOfAnObject(String selector, boolean expected) {
        var object = Json
                .literal("{\"metadata\":{\"labels\":{\"a\":\"1\",\"b\":\"2\",\"n\":\"5\",\"example.dev/x\":\"\"}}}");

        assertThat(LabelSelector.parse(selector).matches(object)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a in 1", "=1", "a=b=c", "a in (1", "a,,b", "n>x"})
    void refusesWhatIsNoSelector(String text) {
        assertThatThrownBy(() -> LabelSelector.parse(text)).isInstanceOf(Refusal.class);
    }
}
