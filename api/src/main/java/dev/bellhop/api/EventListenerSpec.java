package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// What an [EventListener] serves. At least one of `triggers`, `triggerGroups`, `labelSelector` (or `triggerSelector`)
/// and `namespaceSelector` must be there. Absent lists read as empty.
@JsonClassDescription("What the EventListener serves: triggers, and those that namespaceSelector and labelSelector choose, and triggerGroups. At least one of them must be there. Field names match in any case.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record EventListenerSpec(
        @JsonPropertyDescription("ServiceAccount, in the EventListener's namespace, that creates objects for Triggers without a serviceAccountName of their own. Default: the identity of the listener process.") @Nullable String serviceAccountName,
        @JsonPropertyDescription("Triggers written here, or named by triggerRef, besides those that the selectors choose.") List<EventListenerTrigger> triggers,
        @JsonPropertyDescription("Interceptors shared by the Triggers that a selector chooses: they run before the Trigger's own.") List<TriggerGroup> triggerGroups,
        @JsonPropertyDescription("In which namespaces Triggers are served. Absent: the EventListener's own.") @Nullable NamespaceSelector namespaceSelector,
        @JsonPropertyDescription("Which Triggers of those namespaces are served, by their labels. Absent: all, if there is a namespaceSelector.") @Nullable LabelSelector labelSelector,
        @JsonPropertyDescription("The same as labelSelector; when both are given, a Trigger must match both.") @Nullable LabelSelector triggerSelector,
        @JsonPropertyDescription("Base URL under which senders reach this EventListener from outside, such as https://hooks.example.com/team. Replaces the in-cluster URL in every status.address.url.") @Nullable String externalUrl,
        @JsonPropertyDescription("A URL outside the cluster, and what leads there. Replaces the in-cluster URL in every status.address.url; excludes externalUrl.") @Nullable ExposeSpec expose,
        @JsonPropertyDescription("What each namespace and each Trigger may use. What is absent is not limited, but for the queue of a namespace: 100000 deliveries and 1Gi of events.") @Nullable ListenerLimits limits,
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers; not used yet.") @Nullable String cloudEventURI,
        @JsonPropertyDescription("Accepted for compatibility with Tekton Triggers; a shared listener has no Deployment of its own per EventListener.") @Nullable JsonNode resources) {

    public EventListenerSpec {
        triggers = triggers == null ? List.of() : List.copyOf(triggers);
        triggerGroups = triggerGroups == null ? List.of() : List.copyOf(triggerGroups);
    }
}
