package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A Trigger that waits for several events before it acts.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ConditionsIT extends ListenerStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("unused")
    ConditionsIT(ApiServer server) {}

    @BeforeEach
    void aDoor() {
        team.listener("shared");
    }

    @Test
    void actsOnceForTheLatestOfEach() {
        trigger("a && b");
        for (int i = 1; i <= 10; i++) {
            post("a", i);
        }
        post("b", 1);
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
        assertThat(numbers()).containsExactly("a10 b1");
        post("b", 2);
        post("a", 11);
        await().atMost(PATIENCE).until(() -> team.made().size() == 2);
        assertThat(numbers()).containsExactlyInAnyOrder("a10 b1", "a11 b2");
    }

    @Test
    void whatHasComeOutlivesARestart() throws IOException {
        trigger("a && b");
        post("a", 1);
        listener.close();
        startListener();
        await().atMost(PATIENCE).until(() -> listener.serves(team.namespace(), "both"));
        post("b", 1);
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
        assertThat(numbers()).containsExactly("a1 b1");
    }

    @Test
    void withOrEachEventCountsAndDefaultsStandInForTheOthers() {
        trigger("a || b");
        post("a", 1);
        post("b", 1);
        await().atMost(PATIENCE).until(() -> team.made().size() == 2);
        assertThat(numbers()).containsExactlyInAnyOrder("a1 bnone", "anone b1");
    }

    private void trigger(String expression) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: both, namespace: NS}
                spec:
                  serviceAccountName: maker
                  conditions:
                    expression: %s
                    events:
                    - {name: a, filter: body.is == 'a'}
                    - {name: b, filter: body.is == 'b'}
                  bindings:
                  - {name: a, value: $(body.a.number)}
                  - {name: b, value: $(body.b.number)}
                  template:
                    spec:
                      params: [{name: a, default: none}, {name: b, default: none}]
                      resourcetemplates:
                      - apiVersion: v1
                        kind: ConfigMap
                        metadata: {generateName: made-}
                        data: {numbers: "a$(tt.params.a) b$(tt.params.b)"}
                """.formatted(expression));
        await().atMost(PATIENCE).until(() -> listener.serves(team.namespace(), "both"));
    }

    /// Sends an event, and waits until it was looked at: what comes first is not asked for here.
    private void post(String is, int number) {
        var answer = sender.post(listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=both",
                "{\"is\": \"%s\", \"number\": %d}".formatted(is, number).getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> listener.endingsOf(answer.eventId()).stream()
                .anyMatch(Ending.Created.class::isInstance));
    }

    private List<String> numbers() {
        return team.made().stream().map(ConfigMap::getData).map(values -> values.get("numbers")).toList();
    }
}
