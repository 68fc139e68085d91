package dev.bellhop.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class WorkerDefaultsTest {
    private static final WorkerDefaults DEFAULTS = new WorkerDefaults(50, 8, 6, 2, 10);

    private static Object completed(WorkerDefaults defaults, String kind, Map<String, Object> spec) {
        var object = new GenericKubernetesResource();
        object.setKind(kind);
        object.setAdditionalProperty("spec", spec);
        defaults.complete(object);
        return object.getAdditionalProperties().get("spec");
    }

    @Test
    void fillInWhatATriggerDoesNotSay() {
        assertThat(completed(DEFAULTS, "Trigger", Map.of("actions", List.of(Map.of("http", Map.of("url", "u"))))))
                .isEqualTo(Map.of(
                        "actions", List.of(Map.of("http", Map.of("url", "u", "timeout", "10s"))),
                        "retry", Map.of("maxAttempts", 6, "delay", "2s", "factor", 2, "maxDelay", "1200s", "jitter", 0),
                        "limits", Map.of("eventsPerSecond", 8.0, "burst", 50, "queuedEvents", 50)));
    }

    @Test
    void leaveWhatATriggerSays() {
        var spec = Map.<String, Object>of("retry", Map.of("maxAttempts", 3), "limits", Map.of("concurrency", 1),
                "actions", List.of(Map.of("log", Map.of()), Map.of("http", Map.of("timeout", "1s"))));
        assertThat(completed(DEFAULTS, "Trigger", spec)).isEqualTo(spec);
    }

    @Test
    void leaveOtherKinds() {
        assertThat(completed(DEFAULTS, "EventSource", Map.of())).isEqualTo(Map.of());
    }

    @Test
    void limitNothingWithNought() {
        assertThat(completed(new WorkerDefaults(0, 0, 1, 2, 10), "Trigger", Map.of())).asInstanceOf(
                InstanceOfAssertFactories.MAP).doesNotContainKey("limits");
    }
}
