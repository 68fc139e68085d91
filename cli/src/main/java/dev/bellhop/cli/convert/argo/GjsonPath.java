package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.expression.Place;
import dev.bellhop.cli.convert.expression.Roots;
import dev.bellhop.cli.convert.expression.Step;

/// A path of gjson, as Argo Events writes them: `body.a\.b.0.c`, with at most one query `#(name=="x")` in it.
final class GjsonPath {
    private static final Pattern QUERY = Pattern
            .compile("#\\(\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*(==|!=)\\s*\"([^\"\\\\]*)\"\\s*\\)");

    private GjsonPath() {}

    /// The place that `path` means; empty when it has something else in it, such as a modifier, or leads nowhere.
    static Optional<Place> place(String path, Roots roots) {
        var query = QUERY.matcher(path);
        if (query.find() && query.start() > 0 && path.charAt(query.start() - 1) == '.') {
            var rest = path.substring(query.end());
            var field = rest.isEmpty() ? Optional.<List<Step>>empty() : steps(rest.substring(1));
            if (!rest.isEmpty() && (!rest.startsWith(".") || field.isEmpty())) {
                return Optional.empty();
            }
            var condition = Cel.field("l", query.group(1)) + " " + query.group(2) + " " + Cel.quote(query.group(3));
            return steps(path.substring(0, query.start() - 1)).flatMap(roots::place)
                    .map(list -> queried(list, condition, field.orElse(List.of())));
        }
        if (path.endsWith(".#")) {
            return steps(path.substring(0, path.length() - 2)).flatMap(roots::place)
                    .map(list -> new Place("size(" + list.cel() + ")", List.of(), false, list.exists().orElse("")));
        }
        return steps(path).flatMap(roots::place);
    }

    private static Place queried(Place list, String condition, List<Step> rest) {
        var found = list.exists().map(there -> there + " && ").orElse("") + list.cel() + ".exists(l, " + condition
                + ")";
        return new Place(list.cel() + ".filter(l, " + condition + ")[0]", rest, false, found);
    }

    /// The steps of a path without queries; empty when it has any.
    static Optional<List<Step>> steps(String path) {
        var steps = new ArrayList<Step>();
        var step = new StringBuilder();
        boolean escaped = false;
        for (int i = 0; i <= path.length(); i++) {
            char c = i == path.length() ? '.' : path.charAt(i);
            if (c == '\\' && i + 1 < path.length()) {
                i++;
                step.append(path.charAt(i));
                escaped = true;
            } else if (c == '.') {
                if (step.isEmpty()) {
                    return Optional.empty();
                }
                var text = step.toString();
                steps.add(!escaped && text.matches("\\d{1,6}")
                        ? new Step.Index(Integer.parseInt(text))
                        : new Step.Name(text));
                step.setLength(0);
                escaped = false;
            } else if ("#*?|@{}()!".indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                step.append(c);
            }
        }
        return Optional.of(List.copyOf(steps));
    }
}
