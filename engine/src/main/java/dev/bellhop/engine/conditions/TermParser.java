package dev.bellhop.engine.conditions;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads names with `&&`, `||` and parentheses; `&&` binds closer.
final class TermParser {
    private static final Pattern TOKEN = Pattern.compile("\\s*(&&|\\|\\||[()]|[A-Za-z][A-Za-z0-9_-]*|\\S)\\s*");
    private static final int DEEPEST = 50;

    private final List<String> tokens = new ArrayList<>();
    private int next;

    /// The text is no such expression; the message follows the field's path.
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    private TermParser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group(1));
        }
    }

    static Term parse(String text) throws Unreadable {
        var parser = new TermParser(text);
        var term = parser.any(0);
        if (parser.next < parser.tokens.size()) {
            throw new Unreadable("'" + text + "': '" + parser.tokens.get(parser.next)
                    + "' is not expected there: write names with &&, || and parentheses");
        }
        return term;
    }

    private Term any(int depth) throws Unreadable {
        var terms = new ArrayList<Term>(List.of(all(depth)));
        while (takes("||")) {
            terms.add(all(depth));
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.Any(List.copyOf(terms));
    }

    private Term all(int depth) throws Unreadable {
        var terms = new ArrayList<Term>(List.of(one(depth)));
        while (takes("&&")) {
            terms.add(one(depth));
        }
        return terms.size() == 1 ? terms.getFirst() : new Term.All(List.copyOf(terms));
    }

    private Term one(int depth) throws Unreadable {
        if (next == tokens.size()) {
            throw new Unreadable("ends where a name is expected");
        }
        if (depth > DEEPEST) {
            throw new Unreadable("has more than " + DEEPEST + " parentheses inside each other");
        }
        var token = tokens.get(next++);
        if (token.equals("(")) {
            var inner = any(depth + 1);
            if (!takes(")")) {
                throw new Unreadable("lacks a closing parenthesis");
            }
            return inner;
        }
        if (!Character.isLetter(token.charAt(0))) {
            throw new Unreadable("has '" + token + "' where a name is expected");
        }
        return new Term.One(token);
    }

    private boolean takes(String token) {
        if (next < tokens.size() && tokens.get(next).equals(token)) {
            next++;
            return true;
        }
        return false;
    }
}
