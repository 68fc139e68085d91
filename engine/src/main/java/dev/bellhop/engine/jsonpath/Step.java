package dev.bellhop.engine.jsonpath;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// One step of a path: from several values to those they lead to. Nulls lead nowhere.
sealed interface Step {
    /// Where these values lead.
    Found from(List<JsonNode> values);

    /// Takes all `steps` in turn.
    static Found follow(List<Step> steps, List<JsonNode> values) {
        var reached = values;
        for (var step : steps) {
            switch (step.from(reached)) {
                case Found.Values(var next) -> reached = next;
                case Found.Failed failed -> {
                    return failed;
                }
            }
        }
        return new Found.Values(reached);
    }

    /// `.name`: that field of every object. An error when no value has it, unless there are no values at all.
    record Field(String name) implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            if (values.size() == 1) {
                var value = values.getFirst().get(name);
                return value == null ? missing() : new Found.Values(List.of(value));
            }
            var reached = new Reached();
            for (var value : values) {
                var field = value.get(name);
                if (field != null) {
                    reached.add(field);
                }
            }
            return reached.isEmpty() && !values.isEmpty() ? missing() : reached.found();
        }

        private Found missing() {
            return new Found.Failed(name + " is not found");
        }
    }

    /// `[first:end:step]` of every array; each part may be absent, and a negative one counts from the end of the array.
    record Slice(@Nullable Integer first, @Nullable Integer end, @Nullable Integer step) implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            var reached = new Reached();
            for (var value : values) {
                if (value.isNull()) {
                    continue;
                }
                if (!value.isArray()) {
                    return new Found.Failed("only an array has an index, and this is " + kind(value));
                }
                var failed = addTo(reached, value);
                if (failed != null) {
                    return failed;
                }
            }
            return reached.found();
        }

        private Found.@Nullable Failed addTo(Reached reached, JsonNode array) {
            int size = array.size();
            int from = first == null ? 0 : fromStart(first, size);
            int to = end == null ? size : fromStart(end, size);
            if (from == to) {
                return null;
            }
            if (from < 0 || from >= size) {
                return outOfBounds(from, size);
            }
            if (to < 0 || to > size) {
                return outOfBounds(to - 1, size);
            }
            if (from > to) {
                return new Found.Failed("starting index " + from + " is greater than ending index " + to);
            }
            // In long: an int would overflow for a step near its limit.
            for (long i = from; i < to; i += step == null ? 1 : step) {
                reached.add(array.get((int) i));
            }
            return null;
        }

        private static int fromStart(int index, int size) {
            return index < 0 ? index + size : index;
        }

        private static Found.Failed outOfBounds(int index, int size) {
            return new Found.Failed("array index out of bounds: index " + index + ", length " + size);
        }
    }

    /// `[index]` of every array; a negative one counts from the end.
    record Index(int index) implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            return new Slice(index, index == -1 ? null : (Integer) (index + 1), null).from(values);
        }
    }

    /// `.*`: everything in every object.
    record Wildcard() implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            var reached = new Reached();
            for (var value : values) {
                value.forEach(reached::add);
            }
            return reached.found();
        }
    }

    /// `..`: every object and array that has something in it, from the outside in.
    record Recursive() implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            var reached = new Reached();
            values.forEach(value -> descend(value, reached));
            return reached.found();
        }

        private static void descend(JsonNode value, Reached reached) {
            if (!value.isEmpty() && reached.add(value)) {
                value.forEach(child -> descend(child, reached));
            }
        }
    }

    /// `[0,2]` or `['a','b']`: what each of the paths leads to, one after the other.
    record Union(List<List<Step>> paths) implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            var reached = new Reached();
            for (var path : paths) {
                switch (follow(path, values)) {
                    case Found.Values(var found) -> found.forEach(reached::add);
                    case Found.Failed failed -> {
                        return failed;
                    }
                }
            }
            return reached.found();
        }
    }

    /// `[?(…)]`: the elements of every array for which `condition` holds.
    record Filter(Condition condition) implements Step {
        @Override
        public Found from(List<JsonNode> values) {
            var reached = new Reached();
            for (var value : values) {
                if (!value.isArray()) {
                    return new Found.Failed("only an array can be filtered, and this is " + kind(value));
                }
                for (var element : value) {
                    switch (condition.of(element)) {
                        case Condition.Verdict.Clear.HOLDS -> reached.add(element);
                        case Condition.Verdict.Clear.FAILS -> {}
                        case Condition.Verdict.Unclear(var why) -> {
                            return new Found.Failed(why);
                        }
                    }
                }
            }
            return reached.found();
        }
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT, POJO -> "an object";
            case ARRAY -> "an array";
            case STRING, BINARY -> "a string";
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            case NULL, MISSING -> "null";
        };
    }
}
