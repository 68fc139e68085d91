package dev.bellhop.engine.jsonpath;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// What the elements of an array are filtered by.
sealed interface Condition {
    /// Whether the condition holds for an element of an array.
    Verdict of(JsonNode element);

    /// The answer of a condition.
    sealed interface Verdict {
        /// Yes or no.
        enum Clear implements Verdict {
            HOLDS, FAILS
        }

        /// It cannot be told, which ends the look-up.
        record Unclear(String why) implements Verdict {}
    }

    /// `@.a`: the path leads somewhere.
    record Exists(Operand operand) implements Condition {
        @Override
        public Verdict of(JsonNode element) {
            return switch (operand.of(element)) {
                case Found.Values(var values) -> clear(!values.isEmpty());
                case Found.Failed _ -> Verdict.Clear.FAILS;
            };
        }
    }

    /// `@.a == 'x'`: strings with strings, numbers with numbers, booleans with booleans.
    record Comparison(Operand left, Operator operator, Operand right) implements Condition {
        @Override
        public Verdict of(JsonNode element) {
            return switch (left.of(element)) {
                case Found.Failed(var why) -> new Verdict.Unclear(why);
                case Found.Values(var lefts) -> switch (right.of(element)) {
                    case Found.Failed(var why) -> new Verdict.Unclear(why);
                    case Found.Values(var rights) -> compare(lefts, rights);
                };
            };
        }

        private Verdict compare(List<JsonNode> lefts, List<JsonNode> rights) {
            if (lefts.isEmpty() || rights.isEmpty()) {
                return Verdict.Clear.FAILS;
            }
            if (lefts.size() > 1 || rights.size() > 1) {
                return new Verdict.Unclear("can only compare one element at a time");
            }
            return operator.compare(lefts.getFirst(), rights.getFirst());
        }
    }

    /// One side of a comparison.
    sealed interface Operand {
        /// Its values, seen from an element.
        Found of(JsonNode element);

        /// A string, number or boolean.
        record Literal(JsonNode value) implements Operand {
            @Override
            public Found of(JsonNode element) {
                return new Found.Values(List.of(value));
            }
        }

        /// A path from the element.
        record Path(List<Step> steps) implements Operand {
            @Override
            public Found of(JsonNode element) {
                return Step.follow(steps, List.of(element));
            }
        }
    }

    static Verdict clear(boolean holds) {
        return holds ? Verdict.Clear.HOLDS : Verdict.Clear.FAILS;
    }
}
