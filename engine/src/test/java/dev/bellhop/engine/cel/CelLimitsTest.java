package dev.bellhop.engine.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.bellhop.engine.event.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class CelLimitsTest {
    private static final String TOO_MUCH_WORK = "error: the expression does too much work: more than 1000000 units";
    private static final CelCompiler WITHOUT_DEADLINE = new CelCompiler(CelLimits.DEFAULT, () -> 0);

    /// A sender who does his worst within the size of a body.
    private static final Scope HOSTILE = hostile();

    private static Scope hostile() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("a", "a".repeat(2_000_000));
        body.put("b", "a".repeat(1_000_000) + "b");
        body.put("commas", ",".repeat(1_000_000));
        body.put("yaml", """
                a: &a [x,x,x,x,x,x,x,x,x]
                b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]
                c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]
                d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]
                e: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]
                f: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]
                g: [*f,*f]
                """);
        var list = body.putArray("list");
        for (int i = 0; i < 50_000; i++) {
            list.add(i);
        }
        return Sample.scope(Body.of(body));
    }

    private static String outcome(String source) {
        return Sample.outcome(WITHOUT_DEADLINE.compile(source, "team"), HOSTILE);
    }

    /// `cel.bind(x1, <first>, cel.bind(x2, <next of x1>, … <last of xn>))`
    private static String chain(int length, String first, String next, String last) {
        var source = new StringBuilder();
        for (int i = 1; i <= length; i++) {
            source.append("cel.bind(x").append(i).append(", ").append(i == 1 ? first : next.replace("_", "x" + (i - 1)))
                    .append(", ");
        }
        return source.append(last.replace("_", "x" + length)).append(")".repeat(length)).toString();
    }

    @Test
    void stopsAStringThatDoubles() {
        assertThat(outcome(chain(25, "'aaaaaaaaaaaaaaaa'", "_ + _", "_.size()"))).isEqualTo(TOO_MUCH_WORK);
    }

    @Test
    void stopsAListThatDoubles() {
        var doubling = chain(30, "[1, 1]", "_ + _", "_.size()");

        assertThat(outcome(doubling))
                .isEqualTo("error: the expression makes a list of 131072 elements; the limit is 100000");
    }

    @Test
    void stopsAListThatNestsItselfBeforeItIsCompared() {
        assertThat(outcome(chain(25, "[1, 1]", "[_, _]", "_ == _"))).isEqualTo(TOO_MUCH_WORK);
    }

    @Test
    void stopsAMapThatNestsItself() {
        assertThat(outcome(chain(25, "{'a': 1}", "{'a': _, 'b': _}", "_ == _"))).isEqualTo(TOO_MUCH_WORK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(%s) == 1 || true", "true || false && (%s) == 1 ? true : (%s) == 1 || true",
            "[1].exists(x, (%s) == 1) || true",
            "[(%s)].all(x, x == 1 || true)"})
    void letsNoNeighbourSwallowAReachedLimit(String around) {
        var hostile = chain(25, "'aaaaaaaaaaaaaaaa'", "_ + _", "_.size()");
        var swallowing = around.replace("true || false && ", "false && ").replace("%s", hostile);

        assertThat(outcome(swallowing)).isEqualTo(TOO_MUCH_WORK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"body.a.contains(body.b)", "body.a.indexOf(body.b)", "body.a.lastIndexOf(body.b)",
            "body.a.replace(body.b, '')", "body.a.split(body.b)", "body.a.split('')", "body.commas.split(',')",
            "body.commas.split(',').join(body.a)", "body.a.matches('(a|b|ab)*$')", "body.a.translate('a', '$0$0$0')",
            "regex.extractAll(body.a, 'a')", "body.yaml.parseYAML().a", "lists.range(9000).map(x, body.a + 'b').size()",
            "lists.range(5000).map(x, body.a).marshalJSON()", "'%s'.format([lists.range(5000).map(x, body.a)])",
            "lists.range(9000).map(x, body.list)", "body.list.map(x, body.list.distinct()).size()",
            "lists.range(9000).exists(x, sets.contains(body.list, body.list) && false)",
            "lists.range(9000).exists(x, body.a.truncate(1000000) == 'b')",
            "lists.range(9000).exists(x, body.a.parseURL().path == 'b')",
            "lists.range(9000).exists(x, base64.encode(bytes(body.a)) == 'b')"})
    void refusesWorkThatGrowsOutOfProportion(String source) {
        assertThat(outcome(source)).isEqualTo(TOO_MUCH_WORK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lists.range(100000000)", "lists.range(9223372036854775807) == [] || true",
            "body.a.replace('', body.a)",
            "body.a.replace('a', body.a)"})
    void refusesAValueThatIsTooLarge(String source) {
        assertThat(outcome(source)).matches(
                "error: the expression makes a (list|string) of \\d+ (elements|characters); the limit is (100000|8388608)");
    }

    @Test
    void stopsAComprehensionThatGoesOnAndOn() {
        var ten = "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]";
        var nested = "%1$s.all(a, %1$s.all(b, %1$s.all(c, %1$s.all(d, %1$s.all(e, true)))))".formatted(ten);

        assertThat(outcome(nested)).isEqualTo("error: Iteration budget exceeded: 10000 (at 1:35)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lists.range(9000).all(x, body.list == body.list)",
            "lists.range(9000).exists(x, body.list[5] == 'b')",
            "lists.range(9000).exists(x, body.a.charAt(5) == 'b')",
            "lists.range(9000).exists(x, int(body.a + '') == 1) || true"})
    void endsAtItsDeadline(String source) {
        var reading = new AtomicLong();
        var limits = new CelLimits(32_768, 100, 10_000, 10_000, 2_000, 8 << 20, 100_000, Long.MAX_VALUE,
                Duration.ofMillis(200));
        var compiler = new CelCompiler(limits, () -> reading.getAndAdd(Duration.ofMillis(50).toNanos()));

        assertThat(Sample.outcome(compiler.compile(source, "team"), HOSTILE))
                .isEqualTo("error: the expression takes longer than 200 ms");
        assertThat(reading.get()).isLessThan(Duration.ofMillis(400).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a{1,100}){1,100}", "(((a{1,1000}){1,1000}){1,1000})", "(?:(?:\\\\p{L}{1000}){1000})",
            "(a{1,1000}\\\\Q)\\\\E){1,1000}",
            "([)]{1000}){1000}", "((x{1000}){1000}", "(x{9999})"})
    void refusesARegularExpressionThatCompilesIntoMuch(String regex) {
        assertThat(Sample.broken("body.ref.matches('" + regex + "')").why()).containsAnyOf("is too large",
                "invalid regular expression");
        assertThat(outcome("body.commas.matches('" + regex + "' + '')")).containsAnyOf("is too large",
                "invalid regular expression");
    }

    @Test
    void takesOrdinaryRegularExpressions() {
        assertThat(Sample.outcome(
                "body.after.matches('^[0-9a-f]{40}$') && 'v1.20.3-rc.1'.matches('^v\\\\d{1,4}([.]\\\\d{1,4}){2}(-[\\\\w.]+)?$')"))
                .isEqualTo("true");
    }

    @Test
    void answersABacktrackersNightmareAtOnce() {
        assertThat(outcome("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')")).isEqualTo("false");
    }

    @Test
    void doesNotCompileASourceThatIsTooLong() {
        assertThat(Sample.broken("true" + " ".repeat(40_000)).why()).contains("size exceeds limit");
    }

    @Test
    void doesNotCompileAnExpressionThatIsTooDeep() {
        assertThat(Sample.broken("(".repeat(5000) + "1" + ")".repeat(5000)).why()).contains("recursion limit");
        assertThat(Sample.broken("[".repeat(5000) + "]".repeat(5000)).why()).contains("recursion limit");
        assertThat(Sample.broken("1" + "+1".repeat(5000)).why()).contains("recursion limit");
        assertThat(Sample.broken("body" + ".a".repeat(9000)).why()).contains("recursion limit");
        assertThat(Sample.broken("true ? 1 : ".repeat(2000) + "1").why()).contains("recursion limit");
        assertThat(Sample.broken("[1].all(x, ".repeat(50) + "true" + ")".repeat(50)).why())
                .contains("nested too deeply");
    }

    @Test
    void doesNotCompileAnExpressionOfTooManyParts() {
        assertThat(Sample.broken("[" + "1,".repeat(12_000) + "1]").why()).contains("limit");
    }

    @Test
    void takesAFilterOfManyConditions() {
        assertThat(Sample.outcome("body.ref != 'x'" + " && body.ref != 'y'".repeat(900))).isEqualTo("true");
        assertThat(Sample.outcome("body.ref in ['refs/heads/main'" + ", 'refs/heads/other'".repeat(1000) + "]"))
                .isEqualTo("true");
    }
}
