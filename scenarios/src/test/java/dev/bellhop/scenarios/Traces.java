package dev.bellhop.scenarios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.stream.Collectors;

import dev.bellhop.api.Trigger;

/// What every event leaves for people to see, besides what it was for: the Trigger has a condition, a Kubernetes Event tells of it in the
/// Trigger's namespace, the history says what became of it and why, and a metric counts it.
final class Traces {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Stage stage;
    private final Scenario scenario;

    Traces(Stage stage, Scenario scenario) {
        this.stage = stage;
        this.scenario = scenario;
    }

    /// Checks them for every Trigger of the scenario's namespace that something has happened to.
    void check() {
        var namespace = scenario.name();
        var triggers = stage.happenings(namespace).stream().map(one -> one.trigger().name())
                .collect(Collectors.toSet());
        await().atMost(PATIENCE).untilAsserted(() -> {
            for (var trigger : triggers) {
                var stored = stage.admin().resources(Trigger.class).inNamespace(namespace).withName(trigger).get();
                assertThat(stored == null || !stored.getStatus().conditions().isEmpty())
                        .as("Trigger " + trigger + " has a condition").isTrue();
            }
            assertThat(stage.admin().v1().events().inNamespace(namespace).list().getItems().stream()
                    .map(event -> event.getInvolvedObject().getName()).collect(Collectors.toSet()))
                    .as("Kubernetes Events tell of the Triggers").containsAll(triggers);
        });
        // Counters, and the memory of what was filtered, begin anew with the listener.
        if (!triggers.isEmpty() && !scenario.stopsTheListener()) {
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stage.history(namespace).stream()
                    .filter(line -> !line.path("detail").asText().isEmpty())
                    .map(line -> line.path("trigger").asText()).collect(Collectors.toSet()))
                    .as("the history tells what became of the Triggers' events").containsAll(triggers));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(stage.metrics())
                    .contains("bellhop_outcomes_total{namespace=\"" + namespace + "\""));
        }
    }
}
