package dev.bellhop.engine.select;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// A label selector in the text form of `kubectl -l`: `app=foo,tier!=x`, `app in (a,b)`, `!x`; a bare key means that the
/// label exists.
public final class LabelQuery {
    private static final String NAME = "[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
    private static final String KEY = "(?:[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?/)?" + NAME;
    private static final Pattern EXISTS = Pattern.compile("\\s*(!?)\\s*(" + KEY + ")\\s*");
    private static final Pattern EQUALS = Pattern.compile("\\s*(" + KEY + ")\\s*(==?|!=)\\s*((?:" + NAME + ")?)\\s*");
    private static final Pattern SET = Pattern
            .compile("\\s*(" + KEY + ")\\s+(in|notin)\\s*\\(\\s*((?:" + NAME + ")?(?:\\s*,\\s*(?:" + NAME
                    + ")?)*)\\s*\\)\\s*");

    /// A selector, or what is wrong with its text.
    public sealed interface Parsed {
        /// It reads well.
        record Query(LabelQuery query) implements Parsed {}

        /// It does not.
        record Malformed(String why) implements Parsed {}
    }

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
        for (var part : split(text)) {
            var term = term(part);
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
            boolean wanted = !equals.group(2).equals("!=");
            return Optional.of(new Term(equals.group(1), wanted, !wanted, Set.of(equals.group(3))));
        }
        var set = SET.matcher(part);
        if (set.matches()) {
            boolean wanted = set.group(2).equals("in");
            var values = Set.copyOf(List.of(set.group(3).strip().split("\\s*,\\s*", -1)));
            return Optional.of(new Term(set.group(1), wanted, !wanted, values));
        }
        return Optional.empty();
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
