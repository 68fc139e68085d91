package dev.bellhop.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// What an [EventSource] brings, and to whom. Exactly one source, and at least one of `triggers` and `triggerSelector`.
@JsonClassDescription("Exactly one source (cron, resource, kubernetesEvents, nats, kafka, plugin), and the Triggers of this namespace that get its events: those in triggers and those that triggerSelector chooses.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventSourceSpec(
        @JsonPropertyDescription("ServiceAccount, in the EventSource's namespace, as which the cluster is read, and which creates objects for Triggers without a serviceAccountName of their own. Default: default.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("Names of Triggers in the EventSource's namespace that get its events.") List<String> triggers,
        @JsonPropertyDescription("Labels of further Triggers in the EventSource's namespace that get its events; Triggers that come later are bound as well.") @Nullable LabelSelector triggerSelector,
        @JsonPropertyDescription("true: the source is stopped until it is false again; it goes on where it was. Default: false.") @Nullable Boolean suspend,
        @JsonPropertyDescription("Events by the clock.") @Nullable CronSourceSpec cron,
        @JsonPropertyDescription("The changes of Kubernetes objects of one kind.") @Nullable ResourceSourceSpec resource,
        @JsonPropertyDescription("Kubernetes' own Events, as rules decide.") @Nullable KubernetesEventsSourceSpec kubernetesEvents,
        @JsonPropertyDescription("Messages of NATS: of a subject as they pass by, or of a JetStream stream.") @Nullable NatsSourceSpec nats,
        @JsonPropertyDescription("Records of Kafka topics.") @Nullable KafkaSourceSpec kafka,
        @JsonPropertyDescription("A source that does not come with Bellhop.") @Nullable PluginSourceSpec plugin) {

    public EventSourceSpec {
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
    }

    /// The sources that are written, by the name of their field; one, if the object is sound.
    public Map<String, Object> sources() {
        var written = new LinkedHashMap<String, Object>();
        put(written, "cron", cron);
        put(written, "resource", resource);
        put(written, "kubernetesEvents", kubernetesEvents);
        put(written, "nats", nats);
        put(written, "kafka", kafka);
        put(written, "plugin", plugin);
        return written;
    }

    private static void put(Map<String, Object> written, String name, @Nullable Object source) {
        if (source != null) {
            written.put(name, source);
        }
    }
}
