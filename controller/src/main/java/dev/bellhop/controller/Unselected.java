package dev.bellhop.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventListenerSpec;
import dev.bellhop.api.NamespaceSelector;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.Trigger;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.Stored;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

/// Says why no EventListener selects a Trigger. Names only EventListeners of the Trigger's own namespace: others are not for
/// its team to know.
final class Unselected {
    private Unselected() {}

    static String why(Stored<Trigger> trigger, Catalog catalog) {
        var namespace = trigger.name().namespace();
        var local = catalog.listeners().values().stream().map(listener -> listener.stored())
                .filter(listener -> listener.name().namespace().equals(namespace))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .map(listener -> "EventListener " + listener.name() + " " + choice(listener))
                .collect(Collectors.joining("; "));
        return "No EventListener selects this Trigger: ask your admin which labels or namespaces it serves"
                + (local.isEmpty() ? "" : "; of those in this namespace, " + local);
    }

    private static String choice(Stored<EventListener> listener) {
        return switch (listener.content()) {
            case Read.Unreadable<EventListener> _ -> "cannot be read";
            case Read.Understood<EventListener>(var object, var _) -> object.getSpec() == null
                    ? "has no spec"
                    : choice(object.getSpec());
        };
    }

    private static String choice(EventListenerSpec spec) {
        var choices = new ArrayList<String>();
        var own = Stream.of(text(spec.namespaceSelector()), text("labels", spec.labelSelector()),
                text("labels", spec.triggerSelector())).filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" and "));
        if (!own.isEmpty()) {
            choices.add(own);
        }
        for (var group : spec.triggerGroups()) {
            var selector = group.triggerSelector();
            if (selector != null) {
                choices.add(Stream.of(text(selector.namespaceSelector()), text("labels", selector.labelSelector()))
                        .filter(text -> !text.isEmpty()).collect(Collectors.joining(" and ")));
            }
        }
        return choices.isEmpty()
                ? "serves only the Triggers that it lists"
                : "wants " + String.join(", or ", choices);
    }

    private static String text(@Nullable NamespaceSelector selector) {
        if (selector == null) {
            return "";
        }
        var byLabels = text("namespace labels",
                terms(selector.matchLabels(), selector.matchExpressions()));
        if (selector.matchNames().isEmpty()) {
            return byLabels;
        }
        var byName = selector.matchNames().equals(List.of("*"))
                ? "any namespace"
                : "namespace " + String.join(" or ", selector.matchNames());
        return byLabels.isEmpty() ? byName : "(" + byName + " or " + byLabels + ")";
    }

    private static String text(String what, @Nullable LabelSelector selector) {
        return selector == null
                ? ""
                : text(what, terms(
                        Objects.requireNonNullElse(selector.getMatchLabels(), Map.of()),
                        Objects.requireNonNullElse(selector.getMatchExpressions(), List.of())));
    }

    private static String text(String what, List<String> terms) {
        return terms.isEmpty() ? "" : what + " " + String.join(",", terms);
    }

    /// The terms of a selector as `kubectl -l` takes them.
    private static List<String> terms(Map<String, String> labels, List<LabelSelectorRequirement> expressions) {
        var terms = new ArrayList<String>();
        new TreeMap<>(labels).forEach((key, value) -> terms.add(key + "=" + value));
        for (var expression : expressions) {
            var values = "(" + String.join(",", Objects.requireNonNullElse(expression.getValues(), List.of())) + ")";
            terms.add(switch (Objects.requireNonNullElse(expression.getOperator(), "")) {
                case "In" -> expression.getKey() + " in " + values;
                case "NotIn" -> expression.getKey() + " notin " + values;
                case "Exists" -> expression.getKey();
                case "DoesNotExist" -> "!" + expression.getKey();
                default -> expression.getKey() + " " + expression.getOperator() + " " + values;
            });
        }
        return terms;
    }
}
