package dev.bellhop.cli.convert.draft;

import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/// Takes down what is found in one object.
public final class Report {
    private static final int LONGEST_VALUE = 400;

    private final InputObject object;
    private final Consumer<Finding> findings;

    /// Findings about `object` go to `findings`.
    public Report(InputObject object, Consumer<Finding> findings) {
        this.object = object;
        this.findings = findings;
    }

    /// What stands at `field` is missing in the output.
    public void lost(String field, JsonNode value, String wayOut) {
        lost(field, text(value), wayOut);
    }

    /// As above, with the value as text.
    public void lost(String field, String value, String wayOut) {
        add(Finding.Weight.LOST, field, value, wayOut);
    }

    /// What stands at `field` is converted, and somebody should look at the result.
    public void check(String field, JsonNode value, String what) {
        check(field, text(value), what);
    }

    /// As above, with the value as text.
    public void check(String field, String value, String what) {
        add(Finding.Weight.CHECK, field, value, what);
    }

    private void add(Finding.Weight weight, String field, String value, String wayOut) {
        var shown = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE) + "…";
        findings.accept(new Finding(weight, object, field, shown, wayOut));
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "" : value.isTextual() ? value.asText() : value.toString();
    }
}
