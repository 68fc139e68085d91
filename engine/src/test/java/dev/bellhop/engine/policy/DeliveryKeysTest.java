package dev.bellhop.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.policy.Concurrency.Policy;
import dev.bellhop.engine.policy.DeliveryKeys.ConcurrencyKey;
import dev.bellhop.engine.policy.DeliveryKeys.DedupKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeliveryKeysTest {
    private static final Event EVENT = Policies.event(
            """
                    {"id": 17, "big": 12345678901234567890, "half": 1.5, "none": null, "ref": "refs/heads/main", "list": ["a", 1]}
                    """,
            Map.of("X-GitHub-Delivery", "d-1", "X-Token", "hunter2"));

    @Test
    void byDefaultTheSendersIdTellsEventsApartForAnHour() {
        assertThat(keys("{}")).isEqualTo(new DeliveryKeys(
                Optional.of(new DedupKey("X-Github-Delivery: d-1", Duration.ofHours(1))), Optional.empty(),
                List.of()));
    }

    @Test
    void turnedOffThereIsNoKey() {
        assertThat(keys("dedup: {enabled: false}")).isEqualTo(DeliveryKeys.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"body.id|17", "body.big|12345678901234567890", "body.half|1.5",
            "body.ref|refs/heads/main", "extensions.team|shop", "body.list|[\"a\",1]", "body.id > 3|true",
            "body.ref + '#' + string(body.id)|refs/heads/main#17", "event.method|POST"})
    void anyValueIsAKey(String expression, String text) {
        var keys = keys("{dedup: {key: \"" + expression + "\"}, concurrency: {key: \"" + expression + "\"}}");
        assertThat(keys.dedup().orElseThrow().value()).isEqualTo("key: " + text);
        assertThat(keys.concurrency().orElseThrow().value()).isEqualTo(text);
        assertThat(keys.complaints()).isEmpty();
    }

    @Test
    void nullAndEmptyTextAreNoKey() {
        for (var expression : List.of("body.none", "''", "null", "body.?absent")) {
            assertThat(keys("{dedup: {key: \"" + expression + "\"}, concurrency: {key: \"" + expression + "\"}}"))
                    .as(expression).isEqualTo(DeliveryKeys.NONE);
        }
    }

    @Test
    void aKeyThatFailsIsNoneAndComplainedAbout() {
        var keys = keys("{dedup: {key: body.absent}, concurrency: {key: body.ref.x}}");
        assertThat(keys.dedup()).isEmpty();
        assertThat(keys.concurrency()).isEmpty();
        assertThat(keys.complaints()).hasSize(2).first().asString()
                .isEqualTo("dedup.key \"body.absent\" failed to evaluate: no such key: absent (at 1:5)");
    }

    @Test
    void whatComesFromHeadersOrTheQueryIsNotStoredInClear() {
        for (var expression : List.of("header.canonical('X-Token')", "query.token", "requestURL",
                "[1].map(i, header['X-Token'][0])[0]")) {
            var keys = keys("{dedup: {key: \"" + expression + "\"}, concurrency: {key: \"" + expression + "\"}}");
            assertThat(keys.dedup().orElseThrow().value()).matches("key: sha256:[0-9a-f]{64}");
            assertThat(keys.concurrency().orElseThrow().value()).matches("sha256:[0-9a-f]{64}");
        }
    }

    @Test
    void aLongValueIsStoredAsItsFingerprint() {
        var keys = keys("dedup: {key: \"'x'.replace('x', '" + "a".repeat(201) + "')\"}");
        assertThat(keys.dedup().orElseThrow().value()).matches("key: sha256:[0-9a-f]{64}");
    }

    @Test
    void withoutAConcurrencyKeyAllDeliveriesOfTheTriggerHaveTheSame() {
        assertThat(keys("concurrency: {policy: dropNewer}").concurrency())
                .contains(new ConcurrencyKey("*", Policy.DROP_NEWER));
        assertThat(keys("concurrency: {key: body.ref}").concurrency())
                .contains(new ConcurrencyKey("refs/heads/main", Policy.QUEUE));
    }

    private static DeliveryKeys keys(String spec) {
        return Policies.sound(spec).keys(EVENT, Policies.extensions());
    }
}
