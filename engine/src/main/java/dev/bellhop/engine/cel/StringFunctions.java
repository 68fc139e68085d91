package dev.bellhop.engine.cel;

import static dev.bellhop.engine.cel.Definition.BOOL;
import static dev.bellhop.engine.cel.Definition.DYN;
import static dev.bellhop.engine.cel.Definition.INT;
import static dev.bellhop.engine.cel.Definition.LIST;
import static dev.bellhop.engine.cel.Definition.STRING;
import static dev.bellhop.engine.cel.Definition.STRINGS;
import static dev.bellhop.engine.cel.Definition.global;
import static dev.bellhop.engine.cel.Definition.member;

import java.util.ArrayList;
import java.util.List;

import dev.cel.common.exceptions.CelInvalidArgumentException;

/// The functions on strings whose cost or result can be much larger than their arguments, so that it must be paid for before.
/// Positions count code points, as everywhere in CEL.
final class StringFunctions {
    static final List<Definition> ALL = List.of(
            Definition.of("contains", "Whether a string holds another.", "body.ref.contains('main')", "true",
                    member(BOOL, a -> search((String) a[0], (String) a[1]).contains((String) a[1]), STRING, STRING)),
            Definition.of("indexOf",
                    "The first position of a string in another, from an offset on; -1 when there is none.",
                    "'hello'.indexOf('l')", "2",
                    member(INT, a -> indexOf((String) a[0], (String) a[1], 0), STRING, STRING),
                    member(INT, a -> indexOf((String) a[0], (String) a[1], (long) a[2]), STRING, STRING, INT)),
            Definition.of("lastIndexOf",
                    "The last position of a string in another, up to an offset; -1 when there is none.",
                    "'hello'.lastIndexOf('l')", "3",
                    member(INT, a -> lastIndexOf((String) a[0], (String) a[1], size((String) a[0])), STRING, STRING),
                    member(INT, a -> lastIndexOf((String) a[0], (String) a[1], (long) a[2]), STRING, STRING, INT)),
            Definition.of("replace", "A string with a part replaced by another, everywhere or so many times.",
                    "'a/b/c'.replace('/', '-', 1)", "\"a-b/c\"",
                    member(STRING, a -> replace((String) a[0], (String) a[1], (String) a[2], -1), STRING, STRING,
                            STRING),
                    member(STRING, a -> replace((String) a[0], (String) a[1], (String) a[2], (long) a[3]), STRING,
                            STRING, STRING,
                            INT)),
            Definition.of("split", "The parts of a string between separators, at most so many.",
                    "'refs/heads/a/b'.split('/', 3)", "[\"refs\", \"heads\", \"a/b\"]",
                    member(STRINGS, a -> split((String) a[0], (String) a[1], -1), STRING, STRING),
                    member(STRINGS, a -> split((String) a[0], (String) a[1], (long) a[2]), STRING, STRING, INT)),
            Definition.of("join", "The strings of a list one after the other, with a separator between them.",
                    "['a', 'b'].join('-')", "\"a-b\"",
                    member(STRING, a -> join((List<?>) a[0], ""), STRINGS),
                    member(STRING, a -> join((List<?>) a[0], (String) a[1]), STRINGS, STRING)),
            Definition.of("format",
                    "A text with `%s`, `%d`, `%f`, `%e`, `%b`, `%o`, `%x`, `%X` and `%%` filled in from a list.",
                    "'%s has %d, %.1f'.format(['a', 2, 0.25])", "\"a has 2, 0.2\"",
                    member(STRING, a -> Format.format((String) a[0], (List<?>) a[1]), STRING, LIST)),
            Definition.of("json.encode", "Any value as compact JSON, written as `marshalJSON` does.",
                    "json.encode([1, 'a', null])", "\"[1,\\\"a\\\",null]\"",
                    global(STRING, a -> GoJson.write(a[0]), DYN)));

    private StringFunctions() {}

    /// Searching a text of n characters for one of m can take n × m steps.
    private static String search(String text, String part) {
        Evaluation.current().budget().spend((long) text.length() * part.length() / 64);
        return text;
    }

    private static long size(String text) {
        return text.codePointCount(0, text.length());
    }

    private static long indexOf(String text, String part, long offset) {
        int from = position(text, offset, "indexOf");
        int found = search(text, part).indexOf(part, from);
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static long lastIndexOf(String text, String part, long offset) {
        int from = position(text, offset, "lastIndexOf");
        int found = search(text, part).lastIndexOf(part, from);
        return found < 0 ? -1 : text.codePointCount(0, found);
    }

    private static int position(String text, long offset, String function) {
        if (offset < 0 || offset > size(text)) {
            throw new CelInvalidArgumentException(function + ": offset out of range: " + offset);
        }
        return text.offsetByCodePoints(0, (int) offset);
    }

    private static String replace(String text, String part, String by, long times) {
        var out = new StringBuilder();
        search(text, part);
        int done = 0;
        long left = times < 0 ? Long.MAX_VALUE : times;
        for (int found = text.indexOf(part); found >= 0 && left > 0; left--) {
            Evaluation.current().budget().characters((long) by.length() + found - done + 16);
            Evaluation.current().budget().length(out.length() + (long) by.length());
            out.append(text, done, found).append(by);
            done = found + part.length();
            int from = part.isEmpty() ? afterCodePoint(text, found) : done;
            found = from > text.length() ? -1 : text.indexOf(part, from);
        }
        return out.append(text, done, text.length()).toString();
    }

    /// The place after the code point at `index`; one past the end when there is none.
    private static int afterCodePoint(String text, int index) {
        return index < text.length() ? index + Character.charCount(text.codePointAt(index)) : index + 1;
    }

    private static List<String> split(String text, String separator, long limit) {
        if (limit == 0 || (text.isEmpty() && separator.isEmpty())) {
            return List.of();
        }
        var parts = new ArrayList<String>();
        search(text, separator);
        int done = 0;
        long left = limit < 0 ? Long.MAX_VALUE : limit - 1;
        for (; left > 0; left--) {
            int found = separator.isEmpty() ? afterCodePoint(text, done) : text.indexOf(separator, done);
            if (found < 0 || (separator.isEmpty() && found >= text.length())) {
                break;
            }
            Evaluation.current().budget().spend(1);
            parts.add(text.substring(done, found));
            done = found + separator.length();
        }
        parts.add(text.substring(done));
        return parts;
    }

    private static String join(List<?> list, String separator) {
        var out = new StringBuilder();
        var between = "";
        for (var element : list) {
            if (!(element instanceof String part)) {
                throw new CelInvalidArgumentException("join: an element of the list is no string");
            }
            Evaluation.current().budget().characters((long) between.length() + part.length() + 16);
            Evaluation.current().budget().length((long) out.length() + between.length() + part.length());
            out.append(between).append(part);
            between = separator;
        }
        return out.toString();
    }
}
