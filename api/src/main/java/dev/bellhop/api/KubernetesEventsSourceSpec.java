package dev.bellhop.api;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/// A source that brings Kubernetes' own Events, such as `Pod:BackOff`, as its rules decide. The rules are those of Brigade's
/// Kubernetes gateway, and more.
@JsonClassDescription("Brings Kubernetes' own Events as rules decide: they are asked in order, and the first that matches accepts or rejects. What no rule matches is rejected. Reads as the EventSource's serviceAccountName.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record KubernetesEventsSourceSpec(
        @JsonPropertyDescription("Which API is read, and so the shape of body: v1 (default) or events.k8s.io/v1. Both have the same Events; rules read either.") @Nullable String api,
        @JsonPropertyDescription("The namespaces of the Events. Absent: the EventSource's own. Events about objects without a namespace are in default. The ServiceAccount must be allowed to list and watch events in each.") @Nullable NamespaceSelector namespaces,
        @JsonPropertyDescription("Asked in order; the first whose every condition holds decides. Without a rule nothing is accepted.") List<Rule> rules,
        @JsonPropertyDescription("What becomes of an Event that is only counted up because the same happened again: ignore (default) or deliver.") @Nullable String series,
        @JsonPropertyDescription("true: Events about objects that Bellhop created, or that belong to such an object, are brought too. They can start loops. Default: false; then the ServiceAccount must be allowed to get the objects that accepted Events are about.") @Nullable Boolean includeOwn,
        @JsonPropertyDescription("With includeOwn: how many actions may lie between the object and the first event, 1 to 100; Events beyond are dropped. Default: 5.") @Nullable Integer maxHops,
        @JsonPropertyDescription("Which clusters. Absent: the EventSource's own, which is called local.") List<SourceCluster> clusters) {

    public KubernetesEventsSourceSpec {
        rules = rules == null ? List.of() : List.copyOf(rules);
        clusters = clusters == null ? List.of() : List.copyOf(clusters);
    }

    /// One rule. A condition that is absent always holds.
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Rule(
            @JsonPropertyDescription("Namespace of the object that the Event is about; * is any.") @Nullable String namespace,
            @JsonPropertyDescription("Several namespaces, any of which will do.") List<String> namespaces,
            @JsonPropertyDescription("Kind of the object that the Event is about, such as Pod; * is any.") @Nullable String kind,
            @JsonPropertyDescription("Name of the object that the Event is about, or /an RE2 expression/ between slashes.") @Nullable String name,
            @JsonPropertyDescription("Reasons, any of which will do: each a word such as BackOff, or /an RE2 expression/ between slashes, found anywhere in the reason.") List<String> reasons,
            @JsonPropertyDescription("Normal or Warning.") @Nullable String type,
            @JsonPropertyDescription("Who reports: source.component or reportingController, such as kubelet.") @Nullable String component,
            @JsonPropertyDescription("accept or reject.") @Nullable String action) {

        public Rule {
            namespaces = namespaces == null ? List.of() : List.copyOf(namespaces);
            reasons = reasons == null ? List.of() : List.copyOf(reasons);
        }
    }
}
