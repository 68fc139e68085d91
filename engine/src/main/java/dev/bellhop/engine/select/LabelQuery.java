package dev.bellhop.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A label selector in the text form of `kubectl -l`: `app=foo,tier!=x`, `app in (a,b)`, `!x`; a bare key means that the
/// label exists.
public final class LabelQuery {
    // Patterns run on the text of anonymous senders: none has two parts side by side that could share characters, so that
    // none takes longer than its text is long.
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
    private static final String KEY = "((?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?" + NAME + ")";
    private static final Pattern EXISTS = Pattern.compile("(!?)\\s*" + KEY);
    private static final Pattern EQUALS = Pattern.compile(KEY + "\\s*(==?|!=)\\s*([^\\s]*)");
    private static final Pattern SET = Pattern.compile(KEY + "\\s+(in|notin)\\s*\\(([^()]*)\\)");
    private static final Pattern VALUE = Pattern.compile("(?:" + NAME + ")?");

    /// A selector, or what is wrong with its text.
    public sealed interface Parsed {
        /// It reads well.
        record Query(LabelQuery query) implements Parsed {}

        /// It does not.
        record Malformed(String why) implements Parsed {}
    }

    /// A condition on one label. No values: any will do. `alsoAbsent` is whether it holds without the label.
    private record Term(String key, boolean wanted, boolean alsoAbsent, Set<String> values) {
        boolean holds(Map<String, String> labels) {
            var value = labels.get(key);
            if (value == null) {
                return alsoAbsent;
            }
            return values.isEmpty() ? wanted : values.contains(value) == wanted;
        }
    }

    private final List<Term> terms;

    private LabelQuery(List<Term> terms) {
        this.terms = terms;
    }

    /// Reads a selector; an empty one matches everything.
    public static Parsed parse(String text) {
        var terms = new ArrayList<Term>();
        for (var part : split(text.strip())) {
            var term = term(part.strip());
            if (term.isEmpty()) {
                return new Parsed.Malformed("'" + part.strip()
                        + "' is no label selector: write key=value, key!=value, key in (a,b), key notin (a,b), key or !key");
            }
            terms.add(term.get());
        }
        return new Parsed.Query(new LabelQuery(List.copyOf(terms)));
    }

    private static Optional<Term> term(String part) {
        var exists = EXISTS.matcher(part);
        if (exists.matches()) {
            boolean wanted = exists.group(1).isEmpty();
            return Optional.of(new Term(exists.group(2), wanted, !wanted, Set.of()));
        }
        var equals = EQUALS.matcher(part);
        if (equals.matches()) {
            return compared(equals.group(1), !equals.group(2).equals("!="), List.of(equals.group(3)));
        }
        var set = SET.matcher(part);
        if (set.matches()) {
            var values = Stream.of(set.group(3).split(",", -1)).map(String::strip).toList();
            return compared(set.group(1), set.group(2).equals("in"), values);
        }
        return Optional.empty();
    }

    private static Optional<Term> compared(String key, boolean wanted, List<String> values) {
        return values.stream().allMatch(value -> VALUE.matcher(value).matches())
                ? Optional.of(new Term(key, wanted, !wanted, Set.copyOf(values)))
                : Optional.empty();
    }

    /// Splits at commas outside parentheses.
    private static List<String> split(String text) {
        var parts = new ArrayList<String>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '(' -> depth++;
                case ')' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(text.substring(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        if (start < text.length() || start > 0) {
            parts.add(text.substring(start));
        }
        return parts;
    }

    /// Whether every term holds for `labels`.
    public boolean matches(Map<String, String> labels) {
        for (var term : terms) {
            if (!term.holds(labels)) {
                return false;
            }
        }
        return true;
    }
}
