package dev.bellhop.engine.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelTest implements InterceptorContract {
    private static final String BODY = """
            {"ref": "refs/heads/main", "repository": {"topics": ["a"]}, "number": 12345678901234567890, "nothing": null}""";

    @Override
    public Interceptor interceptor() {
        return Given.interceptor("cel", """
                {"filter": "body.ref == 'refs/heads/main'",
                 "overlays": [{"key": "repo", "expression": "body.repository"},
                              {"key": "repo.topics.-1", "expression": "'b'"},
                              {"key": "topics", "expression": "body.repository.topics"},
                              {"key": "seen", "expression": "extensions.earlier"}]}""");
    }

    @Override
    public Event passing() {
        return Given.event(BODY, Map.of("X-GitHub-Event", "push"));
    }

    @Test
    void addsWhatTheOverlaysGive() {
        assertThat(decide(passing())).isEqualTo(new Decision.Continue(Given.json("""
                {"repo": {"topics": ["a", "b"]}, "topics": ["a"], "seen": {"list": [1, 2]}}""")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"body.ref == 'x'", "body.ref", "'true'", "null", "body.nothing"})
    void filtersUnlessTheExpressionIsTrue(String filter) {
        assertThat(decide(filter)).isEqualTo(
                new Decision.Filtered("cel", "expression " + filter + " did not return true"));
    }

    @Test
    void failsWhenTheFilterCannotBeEvaluated() {
        assertThat(decide("body.val == 'x'")).isEqualTo(new Decision.Failed("cel", "error evaluating cel expression: "
                + "expression \"body.val == 'x'\" failed to evaluate: no such key: val (at 1:5)", false));
    }

    @Test
    void failsWhenAnOverlayCannotBeEvaluatedOrPlaced() {
        assertThat(overlay("{\"key\": \"a\", \"expression\": \"body.val\"}")).isEqualTo(new Decision.Failed("cel",
                "expression \"body.val\" failed to evaluate: no such key: val (at 1:5)", false));
        assertThat(overlay("{\"key\": \"a\", \"expression\": \"1\"}, {\"key\": \"a.b\", \"expression\": \"1\"}"))
                .isEqualTo(new Decision.Failed("cel",
                        "overlay key 'a.b': 'a' holds neither an object nor a list", false));
    }

    @Test
    void overlaysDoNotSeeEachOther() {
        assertThat(
                overlay("{\"key\": \"a\", \"expression\": \"1\"}, {\"key\": \"b\", \"expression\": \"extensions.a\"}"))
                .isInstanceOf(Decision.Failed.class);
    }

    @Test
    void overlaysMayGiveNull() {
        assertThat(overlay("{\"key\": \"a\", \"expression\": \"body.nothing\"}"))
                .isEqualTo(new Decision.Continue(Given.json("{\"a\": null}")));
    }

    @Test
    void comparesWithSecretsAndFailsForLaterWhenTheyAreMissing() {
        var filter = "{\"filter\": \"'%s'.compareSecret('token', 'webhook')\"}";
        var right = Given.interceptor("cel", filter.formatted("secret"));
        assertThat(right.secrets()).containsExactly(new SecretRef("team-a", "webhook", "token"));
        var secrets = Given.secrets(Map.of("webhook", "secret"));
        assertThat(right.intercept(passing(), Given.extensions(), secrets)).isInstanceOf(Decision.Continue.class);
        assertThat(
                Given.interceptor("cel", filter.formatted("guess")).intercept(passing(), Given.extensions(), secrets))
                .isInstanceOf(Decision.Filtered.class);
        assertThat(right.intercept(passing(), Given.extensions(), Given.secrets(Map.of())))
                .isInstanceOfSatisfying(Decision.Failed.class, failed -> {
                    assertThat(failed.retryable()).isTrue();
                    assertThat(failed.why()).contains("team-a/webhook");
                });
    }

    private Decision decide(String filter) {
        return Given.interceptor("cel", Given.JSON.createObjectNode().put("filter", filter).toString())
                .intercept(passing(), Given.extensions(), Given.SECRETS);
    }

    private Decision overlay(String overlays) {
        return Given.interceptor("cel", "{\"overlays\": [" + overlays + "]}").intercept(passing(), Given.extensions(),
                Given.SECRETS);
    }
}
