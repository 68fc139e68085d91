package dev.bellhop.apiserver.fields;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;

/// What changed between two states of an object.
record Difference(FieldSet added, FieldSet modified, FieldSet removed) {

    private static final Difference NONE = new Difference(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.EMPTY);

    static Difference between(JsonNode before, JsonNode after, Schema schema) {
        // The commonest value by far, and it needs no walk.
        if (before.equals(after)) {
            return NONE;
        }
        if (!Steps.isGranular(before, schema) || !Steps.isGranular(after, schema)
                || before.getNodeType() != after.getNodeType()) {
            return new Difference(FieldSet.EMPTY, FieldSet.LEAF, FieldSet.EMPTY);
        }
        Map<String, JsonNode> old = byStep(before, schema);
        var difference = new Difference[]{NONE};
        Steps.into(after, schema, (step, child, sub) -> {
            JsonNode was = old.remove(step);
            difference[0] = difference[0].and(step, was == null
                    ? new Difference(FieldSet.whole(child, sub), FieldSet.EMPTY, FieldSet.EMPTY)
                    : between(was, child, sub));
        });
        Steps.into(before, schema, (step, child, sub) -> {
            if (old.containsKey(step)) {
                difference[0] = difference[0].and(step,
                        new Difference(FieldSet.EMPTY, FieldSet.EMPTY, FieldSet.whole(child, sub)));
            }
        });
        return difference[0];
    }

    FieldSet changed() {
        return added.union(modified);
    }

    Difference without(java.util.List<java.util.List<String>> paths) {
        return new Difference(added.without(paths), modified.without(paths), removed.without(paths));
    }

    private Difference and(String step, Difference below) {
        return new Difference(added.union(under(step, below.added)), modified.union(under(step, below.modified)),
                removed.union(under(step, below.removed)));
    }

    private static FieldSet under(String step, FieldSet set) {
        return set.isEmpty() ? FieldSet.EMPTY : new FieldSet(false, Map.of(step, set));
    }

    private static Map<String, JsonNode> byStep(JsonNode value, Schema schema) {
        var steps = new LinkedHashMap<String, JsonNode>();
        Steps.into(value, schema, (step, child, _) -> steps.put(step, child));
        return steps;
    }
}
