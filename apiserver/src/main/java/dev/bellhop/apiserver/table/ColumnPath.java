package dev.bellhop.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The part of JSONPath that printer columns use: `.a.b`, `['a.b']`, `[0]`, `[*]` and `[?(@.type=="Ready")]`.
record ColumnPath(List<Step> steps) {

    /// One step of the way.
    sealed interface Step {
        record Field(String name) implements Step {}

        record Index(int at) implements Step {}

        record All() implements Step {}

        record Where(ColumnPath path, boolean equal, String value) implements Step {}
    }

    private static final Pattern STEP = Pattern
            .compile(
                    "\\.?(?<field>[A-Za-z_][\\w/-]*(?:\\\\\\.[\\w/-]+)*)|\\[['\"](?<quoted>[^'\"]+)['\"]\\]|\\[(?<index>-?\\d+)\\]"
                            + "|(?<all>\\[\\*\\]|\\.\\*)|\\[\\?\\(@(?<path>[^=!]+?)\\s*(?<operator>==|!=)\\s*['\"]?(?<value>[^'\")]*)['\"]?\\)\\]");

    static ColumnPath parse(String text) {
        String rest = text.strip();
        if (rest.startsWith("{") && rest.endsWith("}")) {
            rest = rest.substring(1, rest.length() - 1);
        }
        var steps = new ArrayList<Step>();
        Matcher matcher = STEP.matcher(rest);
        while (matcher.find()) {
            steps.add(step(matcher));
        }
        return new ColumnPath(List.copyOf(steps));
    }

    List<JsonNode> find(JsonNode root) {
        List<JsonNode> found = List.of(root);
        for (Step step : steps) {
            var next = new ArrayList<JsonNode>();
            found.forEach(value -> follow(step, value, next));
            found = next;
        }
        return found;
    }

    private static void follow(Step step, JsonNode value, List<JsonNode> next) {
        switch (step) {
            case Step.Field(var name) -> {
                if (value.has(name)) {
                    next.add(value.get(name));
                }
            }
            case Step.Index(var at) -> {
                JsonNode element = value.get(at < 0 ? value.size() + at : at);
                if (element != null) {
                    next.add(element);
                }
            }
            case Step.All() -> value.forEach(next::add);
            case Step.Where(var path, var equal, var wanted) -> value.forEach(element -> {
                boolean same = path.find(element).stream().anyMatch(found -> found.asText().equals(wanted));
                if (same == equal) {
                    next.add(element);
                }
            });
        }
    }

    private static Step step(Matcher matcher) {
        if (matcher.group("field") != null) {
            return new Step.Field(matcher.group("field").replace("\\.", "."));
        }
        if (matcher.group("quoted") != null) {
            return new Step.Field(matcher.group("quoted"));
        }
        if (matcher.group("index") != null) {
            return new Step.Index(Integer.parseInt(matcher.group("index")));
        }
        if (matcher.group("all") != null) {
            return new Step.All();
        }
        return new Step.Where(parse(matcher.group("path")), "==".equals(matcher.group("operator")),
                matcher.group("value"));
    }
}
