package dev.bellhop.engine.cel;

import static dev.bellhop.engine.cel.Definition.BOOL;
import static dev.bellhop.engine.cel.Definition.STRING;
import static dev.bellhop.engine.cel.Definition.STRINGS;
import static dev.bellhop.engine.cel.Definition.global;
import static dev.bellhop.engine.cel.Definition.member;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.OptionalType;
import dev.cel.common.exceptions.CelInvalidArgumentException;

/// CEL's functions on regular expressions. The library's own compile anew at each call, and nothing bounds their work.
final class RegexFunctions {
    static final List<Definition> ALL = List.of(
            Definition.of("matches", "Whether a regular expression (RE2) matches somewhere in a string.",
                    "body.ref.matches('^refs/heads/(main|release-.*)$')", "true",
                    member(BOOL, a -> find((String) a[0], (String) a[1]).find(), STRING, STRING),
                    global(BOOL, a -> find((String) a[0], (String) a[1]).find(), STRING, STRING)),
            Definition.of("regex.extract",
                    "The first match of a regular expression, or of its group; none when nothing matches.",
                    "regex.extract('issue-42', '-([0-9]+)').orValue('')", "\"42\"",
                    global(OptionalType.create(STRING), a -> extract((String) a[0], (String) a[1]), STRING, STRING)),
            Definition.of("regex.extractAll", "Every match of a regular expression, or of its group.",
                    "regex.extractAll('a1 b2', '[a-z]([0-9])')", "[\"1\", \"2\"]",
                    global(STRINGS, a -> extractAll((String) a[0], (String) a[1]), STRING, STRING)));

    private RegexFunctions() {}

    static Pattern pattern(String regex) {
        try {
            return Evaluation.current().pattern(regex);
        } catch (Regexes.Unusable e) {
            throw new CelInvalidArgumentException(e.why());
        }
    }

    private static Matcher find(String text, String regex) {
        return Regexes.matcher(pattern(regex), text);
    }

    private static Optional<String> extract(String text, String regex) {
        var matcher = oneGroup(text, regex);
        return matcher.find() ? Optional.ofNullable(matcher.group(matcher.groupCount())) : Optional.empty();
    }

    private static List<String> extractAll(String text, String regex) {
        var matcher = oneGroup(text, regex);
        var found = new ArrayList<String>();
        while (matcher.find()) {
            Optional.ofNullable(matcher.group(matcher.groupCount())).ifPresent(found::add);
            Evaluation.current().budget().spend(1);
        }
        return List.copyOf(found);
    }

    private static Matcher oneGroup(String text, String regex) {
        var matcher = find(text, regex);
        if (matcher.groupCount() > 1) {
            throw new CelInvalidArgumentException("regex.extract: '" + regex + "' has more than one group");
        }
        return matcher;
    }
}
