package dev.bellhop.engine.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

/// Writes a label selector as the parameter `labelSelector` of the Kubernetes API.
public final class SelectorText {
    private SelectorText() {}

    /// The text, always the same for the same selector; empty for one that selects everything.
    public static String of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return "";
        }
        var labels = new TreeMap<>(Objects.requireNonNullElse(selector.getMatchLabels(), Map.<String, String>of()));
        var expressions = Objects.requireNonNullElse(selector.getMatchExpressions(),
                List.<LabelSelectorRequirement>of());
        return String.join(",", Stream.concat(
                labels.entrySet().stream().map(label -> label.getKey() + "=" + label.getValue()),
                expressions.stream().map(SelectorText::term)).toList());
    }

    private static String term(LabelSelectorRequirement expression) {
        var values = "(" + String.join(",", Objects.requireNonNullElse(expression.getValues(), List.of())) + ")";
        return switch (expression.getOperator()) {
            case "In" -> expression.getKey() + " in " + values;
            case "NotIn" -> expression.getKey() + " notin " + values;
            case "Exists" -> expression.getKey();
            case "DoesNotExist" -> "!" + expression.getKey();
            default -> throw new IllegalArgumentException("operator " + expression.getOperator());
        };
    }
}
