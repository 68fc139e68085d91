package dev.bellhop.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import org.jspecify.annotations.Nullable;

/// Kubernetes' rules for matching labels, as in `metav1.LabelSelector`.
public final class Labels {
    private Labels() {}

    /// Whether `labels` match `selector`; an absent selector matches everything.
    public static boolean match(@Nullable LabelSelector selector, Map<String, String> labels) {
        return selector == null || match(
                Objects.requireNonNullElse(selector.getMatchLabels(), Map.of()),
                Objects.requireNonNullElse(selector.getMatchExpressions(), List.of()),
                labels);
    }

    /// Whether `labels` have every pair of `matchLabels` and fulfil every expression. An expression that is not one matches
    /// nothing; [#problems] names it.
    public static boolean match(Map<String, String> matchLabels, List<LabelSelectorRequirement> matchExpressions,
            Map<String, String> labels) {
        for (var pair : matchLabels.entrySet()) {
            if (!pair.getValue().equals(labels.get(pair.getKey()))) {
                return false;
            }
        }
        for (var expression : matchExpressions) {
            if (!holds(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(LabelSelectorRequirement expression, Map<String, String> labels) {
        var value = labels.get(expression.getKey());
        var values = Objects.requireNonNullElse(expression.getValues(), List.<String>of());
        return switch (Objects.requireNonNullElse(expression.getOperator(), "")) {
            case "In" -> value != null && values.contains(value);
            case "NotIn" -> !values.isEmpty() && (value == null || !values.contains(value));
            case "Exists" -> values.isEmpty() && value != null;
            case "DoesNotExist" -> values.isEmpty() && value == null;
            default -> false;
        };
    }

    /// What is wrong with expressions written at `field`, a sentence each; empty when nothing is.
    public static List<String> problems(String field, @Nullable List<LabelSelectorRequirement> expressions) {
        var problems = new ArrayList<String>();
        for (int i = 0; expressions != null && i < expressions.size(); i++) {
            var operator = Objects.requireNonNullElse(expressions.get(i).getOperator(), "");
            boolean hasValues = !Objects.requireNonNullElse(expressions.get(i).getValues(), List.of()).isEmpty();
            var at = field + ".matchExpressions[" + i + "]";
            switch (operator) {
                case "In", "NotIn" -> {
                    if (!hasValues) {
                        problems.add(at + ".values is empty: operator " + operator + " needs at least one value");
                    }
                }
                case "Exists", "DoesNotExist" -> {
                    if (hasValues) {
                        problems.add(at + ".values must be empty for operator " + operator);
                    }
                }
                default -> problems.add(at + ".operator '" + operator
                        + "' is not an operator: write In, NotIn, Exists or DoesNotExist");
            }
        }
        return problems;
    }
}
