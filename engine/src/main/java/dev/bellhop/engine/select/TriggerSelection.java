package dev.bellhop.engine.select;

import java.util.List;
import java.util.Map;

import dev.bellhop.api.NamespaceSelector;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// Which Triggers an EventListener, or one of its groups, chooses by its selectors.
///
/// As in Tekton: with a namespaceSelector, the Triggers of the namespaces it chooses; without one, but with a label
/// selector, those of the listener's own namespace; with neither, none.
public record TriggerSelection(String ownNamespace, @Nullable NamespaceSelector namespaces,
        @Nullable LabelSelector labels,
        @Nullable LabelSelector moreLabels) {

    /// Whether it chooses a Trigger of `namespace`, whose Namespace has `namespaceLabels`, with `triggerLabels`. Without
    /// `namespaceLabels` the Namespace is not known, or not yet: it is chosen by name only, lest `DoesNotExist` let it in.
    public boolean chooses(String namespace, @Nullable Map<String, String> namespaceLabels,
            Map<String, String> triggerLabels) {
        return choosesNamespace(namespace, namespaceLabels)
                && Labels.match(labels, triggerLabels)
                && Labels.match(moreLabels, triggerLabels);
    }

    /// Whether it was written to choose nothing at all.
    public boolean isEmpty() {
        return labels == null && moreLabels == null && (namespaces == null || isEmpty(namespaces));
    }

    private boolean choosesNamespace(String namespace, @Nullable Map<String, String> namespaceLabels) {
        if (namespaces == null || isEmpty(namespaces)) {
            return (labels != null || moreLabels != null) && namespace.equals(ownNamespace);
        }
        var names = namespaces.matchNames();
        if (names.equals(List.of("*")) || names.contains(namespace)) {
            return true;
        }
        boolean byLabels = !namespaces.matchLabels().isEmpty() || !namespaces.matchExpressions().isEmpty();
        return byLabels && namespaceLabels != null
                && Labels.match(namespaces.matchLabels(), namespaces.matchExpressions(), namespaceLabels);
    }

    private static boolean isEmpty(NamespaceSelector selector) {
        return selector.matchNames().isEmpty() && selector.matchLabels().isEmpty()
                && selector.matchExpressions().isEmpty();
    }
}
