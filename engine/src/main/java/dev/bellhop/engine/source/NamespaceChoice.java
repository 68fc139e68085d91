package dev.bellhop.engine.source;

import java.util.ArrayList;
import java.util.List;

import dev.bellhop.api.NamespaceSelector;
import dev.bellhop.engine.select.Labels;
import io.fabric8.kubernetes.api.model.LabelSelector;
import org.jspecify.annotations.Nullable;

/// In which namespaces a source reads.
public sealed interface NamespaceChoice {
    /// The EventSource's own.
    record Own() implements NamespaceChoice {}

    /// All of the cluster.
    record All() implements NamespaceChoice {}

    /// Those of these names.
    record Named(List<String> names) implements NamespaceChoice {}

    /// Those with these labels, and those of these names.
    record Labelled(List<String> names, LabelSelector labels) implements NamespaceChoice {}

    /// What `selector` chooses.
    static NamespaceChoice of(@Nullable NamespaceSelector selector) {
        if (selector == null) {
            return new Own();
        }
        if (selector.matchNames().contains("*")) {
            return new All();
        }
        if (selector.matchLabels().isEmpty() && selector.matchExpressions().isEmpty()) {
            return new Named(selector.matchNames().stream().distinct().toList());
        }
        return new Labelled(selector.matchNames(),
                new LabelSelector(selector.matchExpressions(), selector.matchLabels()));
    }

    /// What is wrong with the `namespaces` of a spec, a sentence each.
    static List<String> problems(@Nullable NamespaceSelector selector) {
        var problems = new ArrayList<String>();
        if (selector == null) {
            return problems;
        }
        boolean labels = !selector.matchLabels().isEmpty() || !selector.matchExpressions().isEmpty();
        if (selector.matchNames().contains("*") && (selector.matchNames().size() > 1 || labels)) {
            problems.add("namespaces.matchNames has \"*\" beside others: \"*\" alone means every namespace");
        }
        if (selector.matchNames().isEmpty() && !labels) {
            problems.add(
                    "namespaces chooses none: write matchNames, matchLabels or matchExpressions, or leave it out for"
                            + " the EventSource's own namespace");
        }
        for (var name : selector.matchNames()) {
            if (!name.equals("*") && !name.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                problems.add("namespaces.matchNames has '" + name + "', which is no name of a namespace");
            }
        }
        problems.addAll(Labels.problems("namespaces", selector.matchExpressions()));
        return problems;
    }
}
