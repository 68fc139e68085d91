package dev.bellhop.engine.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `kubectl get -l` makes of the same selectors and labels.
class LabelQueryTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            // query | labels | matches
            "'' | '' | true",
            "'  ' | a=1 | true",
            "a | a=1 | true",
            "a | a= | true",
            "a | b=1 | false",
            "!a | b=1 | true",
            "! a | a=1 | false",
            "!a | a= | false",
            "a=1 | a=1 | true",
            "a==1 | a=1 | true",
            " a = 1 | a=1 | true",
            "a=1 | a=2 | false",
            "a=1 | '' | false",
            "a= | a= | true",
            "a= | a=1 | false",
            "a= | '' | false",
            "a!=1 | a=1 | false",
            "a!=1 | a=2 | true",
            "a!=1 | '' | true",
            "a!= | a= | false",
            "a!= | '' | true",
            "a in (1,2) | a=2 | true",
            "a in(1,2) | a=1 | true",
            "a in ( 1 , 2 ) | a=2 | true",
            "a in (1,2) | a=3 | false",
            "a in (1,2) | '' | false",
            "a in (1,1) | a=1 | true",
            "a in () | a= | true",
            "a in () | a=1 | false",
            "a in (1,) | a= | true",
            "a notin (1,2) | a=1 | false",
            "a notin (1,2) | a=3 | true",
            "a notin (1,2) | '' | true",
            "a notin () | a= | false",
            "a=1,b!=2 | a=1 b=3 | true",
            "a=1,b!=2 | a=1 b=2 | false",
            "a in (1,2),!b,c | a=2 c=x | true",
            "a in (1,2),!b,c | a=2 b= c=x | false",
            "in | in=1 | true",
            "in in (in) | in=in | true",
            "app.kubernetes.io/name=x | app.kubernetes.io/name=x | true",
            "A_b.C-d=V_w.X-y | A_b.C-d=V_w.X-y | true",
    })
    void matchesAsKubectlDoes(String query, String labels, boolean matches) {
        assertThat(LabelQuery.parse(query)).isInstanceOfSatisfying(LabelQuery.Parsed.Query.class,
                parsed -> assertThat(parsed.query().matches(labels(labels))).isEqualTo(matches));
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "a,", ",a", "a,,b", "=1", "!=1", "!", "!a=1", "a b", "a=1=2", "a===1", "a=b c", "a in",
            "a in 1", "a in (1", "a in 1)", "a in (1))", "a in ((1))", "a out (1)", "a=1||b=2", "-a", "a-", "a=-",
            "a=b/c",
            "A/b", "/a", "a/", "a/b/c", "é=1", "a=é", "a in (1 2)", "(a)", "a;b"})
    void refusesWhatIsNoSelector(String query) {
        assertThat(LabelQuery.parse(query)).isInstanceOf(LabelQuery.Parsed.Malformed.class);
    }

    @Test
    void takesKeysAndValuesOfTheLengthThatLabelsMayHave() {
        assertThat(LabelQuery.parse("a".repeat(63) + "=" + "b".repeat(63))).isInstanceOf(LabelQuery.Parsed.Query.class);
        assertThat(LabelQuery.parse("a".repeat(64))).isInstanceOf(LabelQuery.Parsed.Malformed.class);
        assertThat(LabelQuery.parse("a=" + "b".repeat(64))).isInstanceOf(LabelQuery.Parsed.Malformed.class);
    }

    @Test
    void namesThePartThatIsWrongAndTheWayOut() {
        assertThat(LabelQuery.parse("a=1, b = -x ,c")).isEqualTo(new LabelQuery.Parsed.Malformed("'b = -x' is no label "
                + "selector: write key=value, key!=value, key in (a,b), key notin (a,b), key or !key"));
    }

    /// Anybody may send a selector, and an event loop reads it.
    @ParameterizedTest
    @ValueSource(strings = {"%s!", "a in (%s!", "a in (a,%s", "a=%s!", "!%s!", "a %s!", "a in (1)%s!"})
    @Timeout(5)
    void readsAHostileSelectorInNoTime(String form) {
        for (var filling : new String[]{" ", ", ", "a", "a.", "a/", "(", "!", ",  ,"}) {
            var text = form.formatted(filling.repeat(4_000));
            long start = System.nanoTime();
            assertThat(LabelQuery.parse(text)).isInstanceOf(LabelQuery.Parsed.Malformed.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(form + filling)
                    .isLessThan(Duration.ofMillis(500));
        }
    }

    private static Map<String, String> labels(String text) {
        var labels = new LinkedHashMap<String, String>();
        for (var pair : text.isEmpty() ? new String[0] : text.split(" ")) {
            int equals = pair.indexOf('=');
            labels.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return labels;
    }
}
