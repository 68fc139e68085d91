package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Interceptors that several Triggers share, and the selector that chooses those Triggers.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerGroup(
        @JsonPropertyDescription("Name of the group, for people and logs.") @Nullable String name,
        @JsonPropertyDescription("Checks and filters that run before those of each chosen Trigger; their Secrets are in the EventListener's namespace.") List<InterceptorSpec> interceptors,
        @JsonPropertyDescription("Which Triggers belong to the group.") @Nullable Selector triggerSelector) {

    public TriggerGroup {
        interceptors = interceptors == null ? List.of() : List.copyOf(interceptors);
    }

    /// Namespaces and labels of Triggers, as on the EventListener itself.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Selector(
            @JsonPropertyDescription("In which namespaces. Absent: the EventListener's own.") @Nullable NamespaceSelector namespaceSelector,
            @JsonPropertyDescription("With which labels.") @Nullable LabelSelector labelSelector) {}
}
