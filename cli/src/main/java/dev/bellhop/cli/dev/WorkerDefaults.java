package dev.bellhop.cli.dev;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;

/// How the Triggers of a configuration are carried out that do not say it themselves.
///
/// @param queueSize   deliveries of a Trigger that may wait; 0: as many as there are
/// @param perSecond   events a second that a Trigger takes, on average; 0: any number
/// @param maxAttempts of a delivery, the first included
/// @param retryDelay  seconds before the second attempt; it doubles with each further one, up to 1,200 s
/// @param timeout     seconds that an HTTP action waits for its answer
record WorkerDefaults(int queueSize, double perSecond, int maxAttempts, int retryDelay, int timeout) {
    private static final int LONGEST_DELAY = 1_200;
    private static final int LONGEST_TIMEOUT = 60;

    /// Writes them into a Trigger, where it says nothing.
    void complete(HasMetadata object) {
        if (object instanceof GenericKubernetesResource resource && resource.getKind().equals("Trigger")
                && resource.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
            var completed = copy(spec);
            completed.putIfAbsent("retry", retry());
            limits().ifPresent(limits -> completed.putIfAbsent("limits", limits));
            if (completed.get("actions") instanceof List<?> actions) {
                completed.put("actions", actions.stream().map(this::action).toList());
            }
            resource.setAdditionalProperty("spec", completed);
        }
    }

    private Map<String, Object> retry() {
        // Without chance: the delays are those that somebody set.
        return Map.of("maxAttempts", maxAttempts, "delay", retryDelay + "s", "factor", 2, "maxDelay",
                Math.max(retryDelay, LONGEST_DELAY) + "s", "jitter", 0);
    }

    private Optional<Map<String, Object>> limits() {
        var limits = new LinkedHashMap<String, Object>();
        if (perSecond > 0) {
            limits.put("eventsPerSecond", perSecond);
            if (queueSize > 0) {
                limits.put("burst", queueSize);
            }
        }
        if (queueSize > 0) {
            limits.put("queuedEvents", queueSize);
        }
        return limits.isEmpty() ? Optional.empty() : Optional.of(limits);
    }

    private Object action(Object action) {
        if (action instanceof Map<?, ?> fields && fields.get("http") instanceof Map<?, ?> http) {
            var completed = copy(http);
            completed.putIfAbsent("timeout", Math.min(timeout, LONGEST_TIMEOUT) + "s");
            var all = copy(fields);
            all.put("http", completed);
            return all;
        }
        return action;
    }

    private static Map<String, Object> copy(Map<?, ?> fields) {
        var copy = new LinkedHashMap<String, Object>();
        fields.forEach((name, value) -> copy.put(String.valueOf(name), value));
        return copy;
    }
}
