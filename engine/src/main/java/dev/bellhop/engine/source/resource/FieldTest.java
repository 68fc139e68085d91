package dev.bellhop.engine.source.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ResourceSourceSpec.FieldCondition;
import dev.bellhop.engine.cel.TextPattern;
import org.jspecify.annotations.Nullable;

/// One condition on a field of an object.
public final class FieldTest {
    private static final String OPERATORS = "=, ==, !=, matches, !matches, in, notin, exists, !exists, > or <";

    private final FieldPath path;
    private final Predicate<Optional<JsonNode>> holds;

    private FieldTest(FieldPath path, Predicate<Optional<JsonNode>> holds) {
        this.path = path;
        this.holds = holds;
    }

    /// What is wrong with `condition`, which is written at `at`, a sentence each.
    static List<String> problems(String at, FieldCondition condition) {
        var problems = new ArrayList<String>();
        if (condition.path() == null || !FieldPath.of(condition.path()).isSound()) {
            problems.add(at + ".path '" + text(condition.path())
                    + "' leads nowhere: write a field such as metadata.labels.app or spec.ports.0.name");
        }
        var value = condition.value();
        switch (operator(condition)) {
            case "=", "!=" -> needsScalar(at, value, problems);
            case "matches", "!matches" -> {
                if (value == null || !value.isTextual()) {
                    problems.add(at + ".value must be a text: a regular expression");
                } else {
                    TextPattern.problem(value.asText()).ifPresent(why -> problems.add(at + ".value: " + why));
                }
            }
            case "in", "notin" -> {
                if (value == null || !value.isArray() || value.isEmpty()) {
                    problems.add(at + ".value must be a list of values for operator " + operator(condition));
                } else {
                    value.forEach(each -> needsScalar(at, each, problems));
                }
            }
            case "exists", "!exists" -> {
                if (value != null && !value.isNull()) {
                    problems.add(at + ".value must be absent for operator " + operator(condition));
                }
            }
            case ">", "<" -> {
                if (value == null || !value.isNumber()) {
                    problems.add(at + ".value must be a number for operator " + operator(condition));
                }
            }
            default -> problems.add(at + ".operator '" + condition.operator() + "' is not an operator: write "
                    + OPERATORS);
        }
        return problems;
    }

    private static void needsScalar(String at, @Nullable JsonNode value, List<String> problems) {
        if (value == null || !value.isValueNode() || value.isNull()) {
            problems.add(at + ".value must be a text, number or boolean");
        }
    }

    /// Reads a condition of which [#problems] said nothing.
    static FieldTest of(FieldCondition condition) {
        var path = FieldPath.of(text(condition.path()));
        var value = condition.value();
        if (value == null) {
            return new FieldTest(path, operator(condition).equals("exists") ? Optional::isPresent : Optional::isEmpty);
        }
        return new FieldTest(path, switch (operator(condition)) {
            case "=" -> found -> found.filter(is -> same(is, value)).isPresent();
            case "!=" -> found -> found.filter(is -> same(is, value)).isEmpty();
            case "matches" -> matching(TextPattern.of(value.asText()));
            case "!matches" -> matching(TextPattern.of(value.asText())).negate();
            case "in" -> found -> found.filter(is -> among(is, value)).isPresent();
            case "notin" -> found -> found.filter(is -> among(is, value)).isEmpty();
            case ">" -> found -> found.filter(is -> is.isNumber() && compare(is, value) > 0).isPresent();
            case "<" -> found -> found.filter(is -> is.isNumber() && compare(is, value) < 0).isPresent();
            default -> throw new IllegalArgumentException(condition.toString());
        });
    }

    private static String operator(FieldCondition condition) {
        var operator = condition.operator();
        return operator == null || operator.isBlank() || operator.equals("==") ? "=" : operator;
    }

    /// Whether it holds for `object`.
    public boolean holdsFor(JsonNode object) {
        return holds.test(path.in(object));
    }

    private static boolean same(JsonNode is, JsonNode wanted) {
        if (is.isNumber() && wanted.isNumber()) {
            return compare(is, wanted) == 0;
        }
        return is.isValueNode() && is.asText().equals(wanted.asText());
    }

    private static boolean among(JsonNode is, JsonNode wanted) {
        for (var each : wanted) {
            if (same(is, each)) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<Optional<JsonNode>> matching(TextPattern pattern) {
        return found -> found.filter(is -> is.isValueNode() && pattern.isFoundIn(is.asText())).isPresent();
    }

    private static int compare(JsonNode left, JsonNode right) {
        return left.decimalValue().compareTo(right.decimalValue());
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
