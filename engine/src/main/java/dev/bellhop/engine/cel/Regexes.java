package dev.bellhop.engine.cel;

import java.util.ArrayDeque;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions in RE2's syntax: they match in linear time, but small ones can still compile into huge programs.
final class Regexes {
    private Regexes() {}

    /// Why a regular expression cannot be used.
    static final class Unusable extends Exception {
        private final String why;

        Unusable(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    static Pattern compile(String regex, int maxInstructions) throws Unusable {
        // Compiling writes repetitions out: `((a{1000}){1000}){1000}` fills the memory before its size can be asked.
        long expected = expectedInstructions(regex);
        if (expected > 4L * maxInstructions) {
            throw tooLarge(regex, expected, maxInstructions);
        }
        try {
            var pattern = Pattern.compile(regex);
            if (pattern.programSize() > maxInstructions) {
                throw tooLarge(regex, pattern.programSize(), maxInstructions);
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new Unusable("invalid regular expression '" + shortened(regex) + "': " + e.getDescription());
        }
    }

    private static Unusable tooLarge(String regex, long instructions, int max) {
        return new Unusable("the regular expression '" + shortened(regex) + "' is too large: " + instructions
                + " instructions, the limit is " + max);
    }

    private static String shortened(String regex) {
        return regex.length() <= 80 ? regex : regex.substring(0, 80) + "…";
    }

    /// A matcher whose work is paid for: characters × instructions at worst.
    static Matcher matcher(Pattern pattern, String text) {
        Evaluation.current().budget().spend(1 + (long) text.length() * pattern.programSize() / 16);
        return pattern.matcher(text);
    }

    /// About how many instructions a regular expression compiles into: one per atom, times the repetitions around it.
    private static long expectedInstructions(String regex) {
        var outer = new ArrayDeque<Long>();
        long sum = 0;
        long atom = 0;
        int i = 0;
        while (i < regex.length()) {
            int next = i + 1;
            switch (regex.charAt(i)) {
                case '(' -> {
                    outer.push(sum + atom);
                    sum = 0;
                    atom = 0;
                }
                case ')' -> {
                    atom = sum + atom + 2;
                    sum = outer.isEmpty() ? 0 : outer.pop();
                }
                case '{' -> {
                    int close = regex.indexOf('}', i);
                    long times = close < 0 ? 0 : repetitions(regex.substring(next, close));
                    if (times > 0) {
                        atom = Math.min(atom * times, Integer.MAX_VALUE);
                        next = close + 1;
                    } else {
                        sum += atom;
                        atom = 1;
                    }
                }
                default -> {
                    next = endOfAtom(regex, i);
                    sum += atom;
                    atom = regex.startsWith("\\Q", i) ? next - i : 1;
                }
            }
            i = next;
        }
        return sum + atom;
    }

    private static long repetitions(String range) {
        int comma = range.indexOf(',');
        var count = comma < 0 || comma == range.length() - 1
                ? range.substring(0, comma < 0 ? range.length() : comma)
                : range.substring(comma + 1);
        boolean number = !count.isEmpty() && count.length() <= 4 && count.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.max(1, Long.parseLong(count)) : 0;
    }

    private static int endOfAtom(String regex, int start) {
        if (regex.startsWith("\\Q", start)) {
            int end = regex.indexOf("\\E", start + 2);
            return end < 0 ? regex.length() : end + 2;
        }
        if (regex.startsWith("\\p{", start) || regex.startsWith("\\P{", start) || regex.startsWith("\\x{", start)) {
            int end = regex.indexOf('}', start);
            return end < 0 ? regex.length() : end + 1;
        }
        return switch (regex.charAt(start)) {
            case '\\' -> Math.min(start + 2, regex.length());
            case '[' -> endOfClass(regex, start);
            default -> start + 1;
        };
    }

    private static int endOfClass(String regex, int start) {
        int i = start + 1;
        if (regex.startsWith("^", i)) {
            i++;
        }
        if (regex.startsWith("]", i)) {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            int named = regex.startsWith("[:", i) ? regex.indexOf(":]", i) : -1;
            i = named >= 0 ? named + 2 : i + (regex.charAt(i) == '\\' ? 2 : 1);
        }
        return Math.min(i + 1, regex.length());
    }

    /// Every match replaced by `template`, in which `$1`, `$name`, `${name}` stand for groups and `$$` for a dollar, as Go's
    /// `Regexp.ReplaceAllString`: a name is as long as it can be, and a group that does not exist is empty.
    static String replaceAll(Pattern pattern, String text, String template) {
        var matcher = matcher(pattern, text);
        var result = new StringBuilder();
        int done = 0;
        while (matcher.find()) {
            result.append(text, done, matcher.start());
            expand(template, matcher, result);
            Evaluation.current().budget().characters(result.length() - done);
            done = matcher.end();
        }
        return result.append(text, done, text.length()).toString();
    }

    private static void expand(String template, Matcher matcher, StringBuilder into) {
        int i = 0;
        while (i < template.length()) {
            char c = template.charAt(i);
            if (c != '$' || i + 1 == template.length()) {
                into.append(c);
                i++;
            } else if (template.charAt(i + 1) == '$') {
                into.append('$');
                i += 2;
            } else {
                i = expandGroup(template, i, matcher, into);
            }
        }
    }

    private static int expandGroup(String template, int dollar, Matcher matcher, StringBuilder into) {
        boolean braced = template.charAt(dollar + 1) == '{';
        int start = dollar + (braced ? 2 : 1);
        int end = start;
        while (end < template.length() && isWord(template.charAt(end))) {
            end++;
        }
        if (end == start || (braced && !template.startsWith("}", end))) {
            into.append('$');
            return dollar + 1;
        }
        into.append(group(matcher, template.substring(start, end)));
        return braced ? end + 1 : end;
    }

    private static boolean isWord(char c) {
        return c == '_' || Character.isLetterOrDigit(c);
    }

    private static String group(Matcher matcher, String name) {
        boolean number = name.length() < 6 && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number) {
            int index = Integer.parseInt(name);
            return index <= matcher.groupCount() ? orEmpty(matcher.group(index)) : "";
        }
        return matcher.pattern().namedGroups().containsKey(name) ? orEmpty(matcher.group(name)) : "";
    }

    /// A group that took no part in the match is null.
    private static String orEmpty(@Nullable String group) {
        return group == null ? "" : group;
    }
}
