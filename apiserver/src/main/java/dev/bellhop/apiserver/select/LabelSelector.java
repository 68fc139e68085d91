package dev.bellhop.apiserver.select;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.apiserver.object.Meta;
import dev.bellhop.apiserver.status.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A label selector in the words of a URL: `a=b,c!=d,e in (f,g),h notin (i),j,!k`.
public record LabelSelector(List<Requirement> requirements) {

    /// What one label must be. The switch over them is the whole meaning of a selector.
    public sealed interface Requirement {
        record In(String key, Set<String> values) implements Requirement {}

        record NotIn(String key, Set<String> values) implements Requirement {}

        record Exists(String key) implements Requirement {}

        record Absent(String key) implements Requirement {}

        record Than(String key, boolean greater, long bound) implements Requirement {}
    }

    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String KEY = "([A-Za-z0-9](?:[-A-Za-z0-9_./]*[A-Za-z0-9])?)";
    private static final Pattern TERM = Pattern.compile("\\s*(?:(?<absent>!)\\s*" + KEY + "|" + KEY
            + "\\s*(?:(?<operator>==|=|!=|<|>)\\s*(?<value>[-A-Za-z0-9_.]*)|\\s(?<set>in|notin)\\s*\\((?<values>[^()]*)\\))?)\\s*");

    public static LabelSelector parse(String text) {
        if (text.isBlank()) {
            return EVERYTHING;
        }
        var requirements = new ArrayList<Requirement>();
        for (String term : terms(text)) {
            Matcher matcher = TERM.matcher(term);
            if (!matcher.matches()) {
                throw Refusal
                        .badRequest("unable to parse requirement: '" + term.strip() + "' in label selector '" + text
                                + "', expected key=value, key!=value, key in (a,b), key notin (a,b), key or !key");
            }
            requirements.add(requirement(matcher));
        }
        return new LabelSelector(List.copyOf(requirements));
    }

    public boolean matches(JsonNode object) {
        return requirements.stream().allMatch(requirement -> holds(requirement, object));
    }

    private static boolean holds(Requirement requirement, JsonNode object) {
        return switch (requirement) {
            case Requirement.In(var key, var values) -> Meta.label(object, key).filter(values::contains).isPresent();
            case Requirement.NotIn(var key, var values) -> Meta.label(object, key).filter(values::contains).isEmpty();
            case Requirement.Exists(var key) -> Meta.label(object, key).isPresent();
            case Requirement.Absent(var key) -> Meta.label(object, key).isEmpty();
            case Requirement.Than(var key, var greater, var bound) ->
                Meta.label(object, key).flatMap(LabelSelector::number).filter(n -> greater ? n > bound : n < bound)
                        .isPresent();
        };
    }

    private static Requirement requirement(Matcher term) {
        if (term.group("absent") != null) {
            return new Requirement.Absent(term.group(2));
        }
        String key = term.group(3);
        if (term.group("set") != null) {
            var values = new TreeSet<String>();
            for (String value : term.group("values").split(",", -1)) {
                values.add(value.strip());
            }
            return "in".equals(term.group("set"))
                    ? new Requirement.In(key, values)
                    : new Requirement.NotIn(key, values);
        }
        String operator = term.group("operator");
        if (operator == null) {
            return new Requirement.Exists(key);
        }
        String value = term.group("value");
        return switch (operator) {
            case "!=" -> new Requirement.NotIn(key, Set.of(value));
            case "<", ">" -> new Requirement.Than(key, ">".equals(operator), number(value).orElseThrow(() -> Refusal
                    .badRequest(
                            "label selector: '" + key + operator + value + "' compares with something not a number")));
            default -> new Requirement.In(key, Set.of(value));
        };
    }

    private static Optional<Long> number(String text) {
        return text.matches("-?\\d{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /// Splits at the commas that are not inside parentheses.
    private static List<String> terms(String text) {
        var terms = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                terms.add(text.substring(start, i));
                start = i + 1;
            }
        }
        terms.add(text.substring(start));
        return terms;
    }
}
