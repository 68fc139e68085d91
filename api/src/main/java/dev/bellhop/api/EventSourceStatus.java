package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import org.jspecify.annotations.Nullable;

/// What is true of an [EventSource] now.
@JsonClassDescription("What is true of the EventSource now: how many Triggers get its events, whether it is sound (Ready) and whether it brings events (Connected), from which clusters.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventSourceStatus(
        @JsonPropertyDescription("metadata.generation that this status speaks of.") @Nullable Long observedGeneration,
        @JsonPropertyDescription("How many Triggers get its events.") @Nullable Integer triggers,
        @JsonPropertyDescription("How each cluster of a source with clusters fares. Connected is True when all of them are.") List<SourceClusterStatus> clusters,
        @JsonPropertyDescription("Ready: True when its fields are sound and it has Triggers. Connected: True while it brings events, or would if there were any.") List<Condition> conditions) {

    public EventSourceStatus {
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
