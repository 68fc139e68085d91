package dev.bellhop.engine.jsonpath;

import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.json.CodePoints;
import dev.bellhop.engine.jsonpath.Condition.Verdict;

/// How two values are compared.
enum Operator {
    EQUAL("=="), NOT_EQUAL("!="), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">=");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    static Optional<Operator> of(String sign) {
        for (var operator : values()) {
            if (operator.sign.equals(sign)) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    Verdict compare(JsonNode left, JsonNode right) {
        if (left.isTextual() && right.isTextual()) {
            return accept(CodePoints.compare(left.textValue(), right.textValue()));
        }
        if (left.isNumber() && right.isNumber()) {
            return Double.isNaN(left.doubleValue()) || Double.isNaN(right.doubleValue())
                    ? new Verdict.Unclear("a value that is not a number cannot be compared with " + sign)
                    : accept(compareNumbers(left, right));
        }
        if (left.isBoolean() && right.isBoolean() && (this == EQUAL || this == NOT_EQUAL)) {
            return accept(Boolean.compare(left.booleanValue(), right.booleanValue()));
        }
        return left.getNodeType() == right.getNodeType() || left.isNull() || right.isNull()
                ? new Verdict.Unclear("invalid type for comparison with " + sign)
                : new Verdict.Unclear("incompatible types for comparison with " + sign);
    }

    /// By their exact values; only a double can be infinite, and has no exact value then.
    private static int compareNumbers(JsonNode left, JsonNode right) {
        return isInfinite(left) || isInfinite(right)
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : left.decimalValue().compareTo(right.decimalValue());
    }

    private static boolean isInfinite(JsonNode number) {
        return (number.isDouble() || number.isFloat()) && Double.isInfinite(number.doubleValue());
    }

    private Verdict accept(int order) {
        return Condition.clear(switch (this) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        });
    }
}
