package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.draft.Fields;
import dev.bellhop.cli.convert.expression.Place;
import dev.bellhop.cli.convert.expression.PlainFilter;
import dev.bellhop.cli.convert.expression.Roots;
import dev.bellhop.cli.convert.expression.Step;
import dev.bellhop.cli.convert.expression.Translation;

/// The filters of a dependency: an error in one counts as no there, so each is written with a check that what it reads exists.
final class DependencyFilters {
    private static final String WAY_OUT = ". The Triggers let nothing through until you write the filter in CEL";

    private static final Set<String> TYPES = Set.of("string", "number", "bool");
    private static final Set<String> COMPARATORS = Set.of(">=", ">", "=", "!=", "<", "<=");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");

    private final Fields filters;
    private final ArgoData data;
    private final List<String> closed;

    /// @param closed takes the fields that could not be converted
    DependencyFilters(Fields filters, ArgoData data, List<String> closed) {
        this.filters = filters;
        this.data = data;
        this.closed = closed;
    }

    /// All of them in CEL; empty for none.
    Optional<String> cel(boolean or) {
        var exprs = new ArrayList<String>();
        filters.objects("exprs").forEach(expr -> expr(expr).ifPresent(exprs::add));
        var datas = new ArrayList<String>();
        filters.objects("data").forEach(each -> data(each).ifPresent(datas::add));
        boolean anyExpr = filters.text("exprLogicalOperator").orElse("and").equals("or");
        boolean anyData = filters.text("dataLogicalOperator").orElse("and").equals("or");
        var all = Stream
                .of(joined(exprs, anyExpr), joined(datas, anyData), filters.object("context").flatMap(this::context),
                        filters.object("time").flatMap(this::time))
                .flatMap(Optional::stream).toList();
        filters.text("script")
                .ifPresent(script -> lost(filters.path("script"), script.strip(), "Lua is not converted"));
        return joined(all, or);
    }

    /// The conditions as one, with `||` or `&&` between; empty for none.
    static Optional<String> joined(List<String> parts, boolean or) {
        if (parts.size() < 2) {
            return parts.stream().findFirst();
        }
        return Optional.of(or
                ? parts.stream().map(part -> part.contains(" && ") ? "(" + part + ")" : part)
                        .collect(Collectors.joining(" || "))
                : parts.stream().map(part -> isEither(part) ? "(" + part + ")" : part)
                        .collect(Collectors.joining(" && ")));
    }

    /// Whether `||` stands outside of all parentheses. A text that has it in quotes only gets parentheses in vain.
    private static boolean isEither(String condition) {
        int depth = 0;
        for (int i = 0; i < condition.length(); i++) {
            char c = condition.charAt(i);
            depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
            if (depth <= 0 && condition.startsWith(" || ", i)) {
                return true;
            }
        }
        return false;
    }

    private void lost(String field, String value, String why) {
        filters.report().lost(field, value, why + WAY_OUT);
        closed.add(field);
    }

    private Optional<String> expr(Fields expr) {
        var text = expr.text("expr").orElse("");
        var paths = new HashMap<String, String>();
        expr.objects("fields").forEach(
                field -> paths.put(field.text("name").orElse(""), field.text("path").orElse("")));
        Roots named = path -> path.size() == 1 && path.getFirst() instanceof Step.Name(var name)
                ? Optional.ofNullable(paths.get(name)).flatMap(place -> GjsonPath.place(place, data))
                : Optional.empty();
        return switch (PlainFilter.translate(text, named)) {
            case Translation.Made(var cel) -> Optional.of(cel);
            case Translation.Not(var why) -> {
                lost(expr.path("expr"), text, why);
                yield Optional.empty();
            }
        };
    }

    private Optional<String> data(Fields filter) {
        var path = filter.text("path").orElse("");
        var values = filter.texts("value");
        var type = filter.text("type").orElse("");
        var comparator = filter.text("comparator").orElse("=");
        var template = filter.text("template");
        var place = GjsonPath.place(path, data);
        if (place.isEmpty()) {
            lost(filter.path("path"), path, "this path has no counterpart");
            return Optional.empty();
        }
        if (template.isPresent() && !template.get().matches("\\{\\{-?\\s*b64dec\\s+\\.Input\\s*-?\\}\\}")) {
            lost(filter.path("template"), template.get(), "only {{ b64dec .Input }} is converted");
            return Optional.empty();
        }
        var cel = template.isPresent() ? "string(base64.decode(" + place.get().cel() + "))" : place.get().cel();
        var odd = values.stream().filter(value -> type.equals("number") && !NUMBER.matcher(value).matches())
                .findFirst();
        if (!TYPES.contains(type) || !COMPARATORS.contains(comparator) || odd.isPresent()) {
            lost(filter.path(), filter.whole().toString(), odd.map(value -> "'" + value + "' is no number")
                    .orElse("type is string, number or bool, comparator one of >=, >, =, !=, <, <="));
            return Optional.empty();
        }
        var condition = switch (type) {
            case "string" -> text(cel, comparator, values);
            case "bool" -> any(values, value -> cel + " == " + Boolean.parseBoolean(value));
            default -> any(values, value -> "double(" + cel + ") " + (comparator.equals("=") ? "==" : comparator) + " "
                    + (value.contains(".") ? value : value + ".0"));
        };
        return Optional.of(guarded(place.get(), condition));
    }

    private static String guarded(Place place, String condition) {
        return place.exists().map(there -> there + " && "
                + (condition.contains(" || ") ? "(" + condition + ")" : condition)).orElse(condition);
    }

    /// Values are regular expressions that match anywhere; with `!=`, one that does not match is enough.
    private static String text(String cel, String comparator, List<String> values) {
        return comparator.equals("!=")
                ? any(values, value -> "!" + cel + ".matches(" + Cel.quote(value) + ")")
                : cel + ".matches(" + Cel.quote(String.join("|", values)) + ")";
    }

    private static String any(List<String> values, UnaryOperator<String> condition) {
        return values.isEmpty() ? "false" : values.stream().map(condition).collect(Collectors.joining(" || "));
    }

    /// What the context says of an event's kind is known now.
    private Optional<String> context(Fields context) {
        boolean holds = true;
        for (var attribute : List.of("type", "subject", "source", "datacontenttype")) {
            var wanted = context.text(attribute);
            holds &= wanted.isEmpty() || wanted.equals(data.fixed(attribute));
        }
        context.needless("id", "time", "specversion");
        return holds ? Optional.empty() : Optional.of("false");
    }

    /// From start, included, to stop, excluded; over midnight when stop is earlier.
    private Optional<String> time(Fields time) {
        var zone = Cel.quote(time.text("timezone").orElse("UTC"));
        var start = seconds(time.text("start").orElse(""));
        var stop = seconds(time.text("stop").orElse(""));
        if (start < 0 || stop < 0 || start == stop) {
            lost(time.path(), time.whole().toString(), "start and stop are different times such as 09:00:00");
            return Optional.empty();
        }
        boolean hours = start % 3600 == 0 && stop % 3600 == 0;
        var now = hours
                ? "event.time.getHours(" + zone + ")"
                : "event.time.getHours(" + zone + ") * 3600 + event.time.getMinutes(" + zone
                        + ") * 60 + event.time.getSeconds("
                        + zone + ")";
        int unit = hours ? 3600 : 1;
        return Optional.of(now + " >= " + start / unit + (start < stop ? " && " : " || ") + now + " < " + stop / unit);
    }

    private static int seconds(String clock) {
        if (!clock.matches("\\d\\d:\\d\\d:\\d\\d")) {
            return -1;
        }
        var parts = clock.split(":", -1);
        return Integer.parseInt(parts[0]) * 3600 + Integer.parseInt(parts[1]) * 60 + Integer.parseInt(parts[2]);
    }
}
