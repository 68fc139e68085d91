package dev.bellhop.engine.cel;

import java.util.Optional;

import com.google.re2j.Pattern;

/// A regular expression in RE2's syntax that stands in an object outside of any CEL expression. Small enough, and asked about
/// texts short enough, to cost some milliseconds at worst.
public final class TextPattern {
    private static final int MAX_INSTRUCTIONS = 500;
    /// Of a longer text only the beginning is looked at.
    private static final int MAX_TEXT = 10_000;

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Why `regex` cannot be used; empty when it can.
    public static Optional<String> problem(String regex) {
        try {
            Regexes.compile(regex, MAX_INSTRUCTIONS);
            return Optional.empty();
        } catch (Regexes.Unusable e) {
            return Optional.of(e.why());
        }
    }

    /// Reads an expression of which [#problem] said nothing.
    ///
    /// @throws IllegalArgumentException when it cannot be used
    public static TextPattern of(String regex) {
        try {
            return new TextPattern(Regexes.compile(regex, MAX_INSTRUCTIONS));
        } catch (Regexes.Unusable e) {
            throw new IllegalArgumentException(e.why(), e);
        }
    }

    /// Whether it matches anywhere in `text`.
    public boolean isFoundIn(String text) {
        return pattern.matcher(text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT)).find();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }
}
