package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import org.jspecify.annotations.Nullable;

/// What is true of a [Trigger] now.
@JsonClassDescription("What is true of the Trigger now: address.url to send events to, every EventListener that serves it, and the Ready condition.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerStatus(
        @JsonPropertyDescription("metadata.generation that this status speaks of.") @Nullable Long observedGeneration,
        @JsonPropertyDescription("Where to send events for this Trigger alone: paste it into the sender's webhook settings.") @Nullable Address address,
        @JsonPropertyDescription("Every EventListener that serves this Trigger.") List<Listener> listeners,
        @JsonPropertyDescription("Ready: True when an EventListener serves the Trigger and everything it names exists and compiles.") List<Condition> conditions) {

    public TriggerStatus {
        listeners = listeners == null ? List.of() : List.copyOf(listeners);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /// One EventListener that serves the Trigger.
    public record Listener(
            @JsonPropertyDescription("Namespace of the EventListener.") String namespace,
            @JsonPropertyDescription("Name of the EventListener.") String name,
            @JsonPropertyDescription("URL of the Trigger at this EventListener.") String url) {}
}
