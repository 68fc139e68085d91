package dev.bellhop.engine.cel;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import dev.bellhop.engine.cel.CelExpression.Evaluated.Value;
import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CelExpressionTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("values")
    void givesTheValue(String source, String value) {
        assertThat(Sample.outcome(source)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("errors")
    void tellsWhatWentWrong(String source, String error) {
        assertThat(Sample.outcome(source)).isEqualTo("error: " + error);
    }

    static Stream<Arguments> values() throws IOException {
        return table("values.txt");
    }

    static Stream<Arguments> errors() throws IOException {
        return table("errors.txt");
    }

    /// One case a line: an expression, an arrow, what it gives.
    private static Stream<Arguments> table(String name) throws IOException {
        try (var file = requireNonNull(CelExpressionTest.class.getResourceAsStream(name))) {
            var lines = new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            return lines.stream().filter(line -> !line.startsWith("#")).map(line -> line.split(" → ", 2))
                    .map(Arguments::of);
        }
    }

    @Test
    void handsOnWhatItTakesFromTheBodyAsItIs() {
        var scope = Sample.scope();
        var body = scope.event().body().json();

        assertThat(Sample.sound("body").evaluate(scope)).isEqualTo(new Value(body));
        assertThat(((Value) Sample.sound("true ? body.nested : {}").evaluate(scope)).json())
                .isSameAs(body.get("nested"));
        assertThat(((Value) Sample.sound("[body.mixed][0]").evaluate(scope)).json()).isSameAs(body.get("mixed"));
        assertThat(((Value) Sample.sound("body['huge']").evaluate(scope)).json()).isSameAs(body.get("huge"));
    }

    @Test
    void pointsAtAnErrorInTheSource() {
        var broken = Sample.broken("body.ref = 'x'");

        assertThat(broken.line()).isEqualTo(1);
        assertThat(broken.column()).isEqualTo(10);
        assertThat(broken.why()).startsWith("ERROR: <input>:1:10: ").contains("\n | body.ref = 'x'\n | .........^");
    }

    @Test
    void pointsAtAnErrorInALaterLine() {
        var broken = Sample.broken("body.ref == 'x' &&\n  nobody.ref == 'y'");

        assertThat(broken.line()).isEqualTo(2);
        assertThat(broken.column()).isEqualTo(3);
        assertThat(broken.why()).contains("undeclared reference to 'nobody'");
    }

    @Test
    void doesNotCompileNothing() {
        assertThat(Sample.broken("").line()).isEqualTo(1);
        assertThat(Sample.broken("  \n ").why()).isNotBlank();
    }

    @Test
    void doesNotCompileARegularExpressionThatIsNone() {
        var broken = Sample.broken("body.ref.matches('(')");

        assertThat(broken.column()).isEqualTo(18);
        assertThat(broken.why()).contains("invalid regular expression '('");
    }

    @Test
    void tellsWhichSecretsItLooksUp() {
        var expression = Sample.sound("""
                body.a.compareSecret('token', 'one') || body.b.compareSecret('token', 'two', 'elsewhere') \
                || [1].exists(x, body.c.compareSecret('token', 'one'))""");

        assertThat(expression.secrets()).containsExactlyInAnyOrder(new SecretRef("team", "one", "token"),
                new SecretRef("team", "two", "token"));
    }

    @Test
    void doesNotCompileASecretWhoseNameOnlyTheEventKnows() {
        var broken = Sample.broken("'x'.compareSecret('token', body.ref)");

        assertThat(broken.column()).isEqualTo(32);
        assertThat(broken.why()).contains("the name of the Secret must be written out as a string");
        assertThat(Sample.broken("'x'.compareSecret(body.ref, 'a')").why()).contains("the key of the Secret");
    }

    @Test
    void keepsWhatTheSenderSentOutOfErrors() {
        assertThat(Sample.outcome("dyn(body.after) + 1")).doesNotContain("1481a2d");
        assertThat(Sample.outcome("int(body.after)")).startsWith("error: ");
        assertThat(Sample.outcome("body.nested.marshalJSON().truncate(body.after)")).doesNotContain("1481a2d");
    }

    @Test
    void givesEachThreadItsOwnAnswer() throws Exception {
        var filter = Sample.sound("body.n % 2 == 0 || body.list.exists(x, x == string(int(body.n)))"
                .replace("body.n % 2", "int(body.n) % 2"));
        var tasks = new ArrayList<Callable<Boolean>>();
        for (int i = 0; i < 2000; i++) {
            int n = i;
            tasks.add(() -> {
                var scope = Sample.scope("{\"n\": " + n + ", \"list\": [\"7\", \"9\"]}");
                var expected = n % 2 == 0 || n == 7 || n == 9;
                return Sample.outcome(filter.evaluate(scope)).equals(String.valueOf(expected));
            });
        }
        try (var threads = Executors.newFixedThreadPool(8)) {
            List<Boolean> right = new ArrayList<>();
            for (var answer : threads.invokeAll(tasks)) {
                right.add(answer.get());
            }
            assertThat(right).doesNotContain(false).hasSize(2000);
        }
    }

    @Test
    void comparesBodiesAsDeepAsTheyMayBe() {
        var deep = "{\"a\":".repeat(499) + "[".repeat(500) + "]".repeat(500) + "}".repeat(499);

        assertThat(Sample.outcome(CelExpression.compile("body == body && body.a.marshalJSON() != ''", "team"),
                Sample.scope(deep)))
                .isEqualTo("true");
    }
}
