package dev.bellhop.engine.jsonpath;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// Collects the values that a step leads to, up to a limit: in a deep document `..a..b..c` multiplies without end.
final class Reached {
    static final int MOST = 100_000;

    private final List<JsonNode> values = new ArrayList<>();
    private boolean tooMany;

    /// Whether there was room for `value`.
    boolean add(JsonNode value) {
        if (values.size() == MOST) {
            tooMany = true;
            return false;
        }
        return values.add(value);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    Found found() {
        return tooMany ? new Found.Failed("finds more than " + MOST + " values") : new Found.Values(values);
    }
}
