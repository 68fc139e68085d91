package dev.bellhop.engine.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.bellhop.engine.event.Headers;
import dev.bellhop.engine.jsonpath.JsonPath;

/// The value of a param as written, cut into text and `$(…)` expressions.
///
/// @param problems what is wrong with it; when there are any, the segments are of no use
record Expressions(List<Segment> segments, List<String> problems) {
    private static final String OPEN = "$(";
    private static final Set<String> ROOTS = Set.of("body", "header", "extensions", "context");

    sealed interface Segment {
        record Text(String text) implements Segment {}

        /// @param written with `$(` and `)`
        record Expression(String written, JsonPath path) implements Segment {}
    }

    static Expressions in(String value) {
        var found = new Expressions(new ArrayList<>(), new ArrayList<>());
        int open = value.indexOf(OPEN);
        found.text(open < 0 ? value : value.substring(0, open));
        while (open >= 0) {
            int next = value.indexOf(OPEN, open + OPEN.length());
            found.part(value.substring(open, next < 0 ? value.length() : next), next < 0);
            open = next;
        }
        return found;
    }

    /// From one `$(` to the next or the end.
    private void part(String part, boolean last) {
        int close = unbalancedClose(part);
        if (close >= 0) {
            expression(part.substring(0, close + 1));
            text(part.substring(close + 1));
        } else if (last && ROOTS.stream().noneMatch(root -> part.startsWith(root, OPEN.length()))) {
            text(part);
        } else {
            problems.add("'" + part + "' is not closed; add the missing ')'");
        }
    }

    private static int unbalancedClose(String part) {
        int depth = 0;
        for (int i = OPEN.length(); i < part.length(); i++) {
            switch (part.charAt(i)) {
                case '(' -> depth++;
                case ')' -> {
                    if (--depth < 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            segments.add(new Segment.Text(text));
        }
    }

    private void expression(String written) {
        switch (JsonPath.parse(written.substring(OPEN.length(), written.length() - 1))) {
            case JsonPath.Parsed.Broken(var why) -> problems.add("'" + written + "': " + why);
            case JsonPath.Parsed.Sound(var path) -> {
                var fields = path.leadingFields();
                if (!fields.isEmpty() && !ROOTS.contains(fields.getFirst())) {
                    problems.add("'" + written + "': there is no '" + fields.getFirst()
                            + "'; a path begins with body, header, extensions or context");
                } else if (fields.size() > 1 && fields.getFirst().equals("context")
                        && !fields.get(1).equals("eventID")) {
                    problems.add("'" + written + "': the context has only an eventID; write $(context.eventID)");
                } else {
                    segments.add(new Segment.Expression(written, canonical(path, fields)));
                }
            }
        }
    }

    /// Header names match in any case.
    private static JsonPath canonical(JsonPath path, List<String> fields) {
        return fields.size() > 1 && fields.getFirst().equals("header")
                ? path.withLeadingField(1, Headers.canonical(fields.get(1)))
                : path;
    }
}
