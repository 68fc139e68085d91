package dev.bellhop.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;

/// Which namespaces: by name, or by the labels of the Namespace. A namespace is chosen when it is in `matchNames`, or
/// when `matchLabels`/`matchExpressions` are given and all of them hold. `matchNames: ["*"]`, alone, means every namespace.
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record NamespaceSelector(
        @JsonPropertyDescription("Names of namespaces; a single \"*\" stands for all namespaces.") List<String> matchNames,
        @JsonPropertyDescription("Labels that a Namespace must have, each with this value.") Map<String, String> matchLabels,
        @JsonPropertyDescription("Conditions on a Namespace's labels: In, NotIn, Exists, DoesNotExist. All must hold.") List<LabelSelectorRequirement> matchExpressions) {

    public NamespaceSelector {
        matchNames = matchNames == null ? List.of() : List.copyOf(matchNames);
        matchLabels = matchLabels == null ? Map.of() : Map.copyOf(matchLabels);
        matchExpressions = matchExpressions == null ? List.of() : List.copyOf(matchExpressions);
    }
}
