package dev.bellhop.cli.convert.argo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.expression.Place;

/// The jq programs that only set fields: `.a = .b.c`, `.a = "x"`, and a choice from a table,
/// `.a = ({"ADD": "create"}[.type])`; several of them with `|` between.
final class JqTransform {
    private static final Pattern ASSIGNMENT = Pattern.compile("(\\.[A-Za-z_][\\w.]*)\\s*=\\s*(.+)", Pattern.DOTALL);
    private static final Pattern CHOICE = Pattern
            .compile("\\(?\\s*\\{([^{}]*)\\}\\s*\\[\\s*(\\.[A-Za-z_][\\w.]*)\\s*\\]\\s*\\)?", Pattern.DOTALL);
    private static final Pattern ENTRY = Pattern
            .compile("\\s*(?:\"([^\"\\\\]*)\"|([A-Za-z_]\\w*))\\s*:\\s*\"([^\"\\\\]*)\"\\s*");
    private static final Map<String, String> CHANGES = Map.of("ADD", "add", "UPDATE", "update", "DELETE", "delete");

    private JqTransform() {}

    /// `data` after the program; empty when it does more than set fields.
    static Optional<ArgoData> apply(String program, ArgoData data) {
        var result = Optional.of(data);
        for (var part : program.split("\\|", -1)) {
            result = result.flatMap(before -> assign(part.strip(), before));
        }
        return result;
    }

    private static Optional<ArgoData> assign(String part, ArgoData data) {
        var assignment = ASSIGNMENT.matcher(part);
        if (!assignment.matches() || assignment.group(2).startsWith("=")) {
            return Optional.empty();
        }
        return GjsonPath.steps(assignment.group(1).substring(1))
                .flatMap(path -> value(assignment.group(2).strip(), data).map(place -> data.with(path, place)));
    }

    private static Optional<Place> value(String text, ArgoData data) {
        if (text.matches("\"[^\"\\\\]*\"")) {
            return Optional.of(Place.fixed(text.substring(1, text.length() - 1)));
        }
        var choice = CHOICE.matcher(text);
        if (choice.matches()) {
            return GjsonPath.steps(choice.group(2).substring(1)).flatMap(data::place)
                    .flatMap(key -> table(choice.group(1), key));
        }
        return text.matches("\\.[A-Za-z_][\\w.]*")
                ? GjsonPath.steps(text.substring(1)).flatMap(data::place)
                : Optional.empty();
    }

    private static Optional<Place> table(String entries, Place key) {
        var table = new StringBuilder();
        boolean changes = key.cel().equals("event.type.upperAscii()");
        for (var entry : entries.split(",", -1)) {
            var matcher = ENTRY.matcher(entry);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            var word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            table.append(table.isEmpty() ? "" : ", ")
                    .append(Cel.quote(changes ? CHANGES.getOrDefault(word, word) : word))
                    .append(": ").append(Cel.quote(matcher.group(3)));
        }
        var cel = "{" + table + "}[" + (changes ? "event.type" : key.cel()) + "]";
        return Optional.of(new Place(cel, List.of(), true, key.exists().orElse("")));
    }
}
