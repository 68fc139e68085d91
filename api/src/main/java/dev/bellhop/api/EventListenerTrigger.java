package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A Trigger inside an EventListener: either `triggerRef`, or `template` with what goes with it.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventListenerTrigger(
        @JsonPropertyDescription("Name of this inline Trigger; a valid label value.") @Nullable String name,
        @JsonPropertyDescription("Name of a Trigger in the EventListener's namespace. Excludes template, bindings and interceptors.") @Nullable String triggerRef,
        @JsonPropertyDescription("Where the values come from.") List<Binding> bindings,
        @JsonPropertyDescription("What is created.") @Nullable TemplateRef template,
        @JsonPropertyDescription("Checks and filters, run in order.") List<InterceptorSpec> interceptors,
        @JsonPropertyDescription("ServiceAccount, in the EventListener's namespace, that creates the objects.") @Nullable String serviceAccountName) {

    public EventListenerTrigger {
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
        interceptors = interceptors == null ? List.of() : List.copyOf(interceptors);
    }
}
