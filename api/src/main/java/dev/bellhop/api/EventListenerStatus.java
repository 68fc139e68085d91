package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import org.jspecify.annotations.Nullable;

/// What is true of an [EventListener] now.
@JsonClassDescription("What is true of the EventListener now: its address, how many Triggers it serves, and the Ready condition.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventListenerStatus(
        @JsonPropertyDescription("metadata.generation that this status speaks of.") @Nullable Long observedGeneration,
        @JsonPropertyDescription("Where senders reach this EventListener.") @Nullable Address address,
        @JsonPropertyDescription("How many Triggers it serves.") @Nullable Integer triggers,
        @JsonPropertyDescription("Ready: True when the EventListener is served.") List<Condition> conditions) {

    public EventListenerStatus {
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
