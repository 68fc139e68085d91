package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// What a [Trigger] does with an event, in this order: interceptors, bindings, template. Absent lists read as empty.
@JsonClassDescription("What the Trigger does with an event, in this order: interceptors (checks and filters), bindings (values), template (objects), as serviceAccountName. Field names match in any case; a field that does not exist here makes the Trigger not Ready.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TriggerSpec(
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers and ignored: metadata.name is the name.") @Nullable String name,
        @JsonPropertyDescription("ServiceAccount, in the Trigger's namespace, that creates the objects. Default: that of the EventListener.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("Checks and filters, run in order; the first that does not continue ends the run.") List<InterceptorSpec> interceptors,
        @JsonPropertyDescription("Where the values of the template's params come from.") List<Binding> bindings,
        @JsonPropertyDescription("What is created.") @Nullable TemplateRef template) {

    public TriggerSpec {
        interceptors = interceptors == null ? List.of() : List.copyOf(interceptors);
        bindings = bindings == null ? List.of() : List.copyOf(bindings);
    }
}
