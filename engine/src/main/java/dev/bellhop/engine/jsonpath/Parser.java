package dev.bellhop.engine.jsonpath;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.jsonpath.Condition.Operand;
import org.jspecify.annotations.Nullable;

/// Reads a path, as it stands between `{` and `}`, by recursive descent.
final class Parser {
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)");
    private static final Pattern OPERATOR = Pattern.compile("[!<>=~]+");
    private static final Pattern SLICE = Pattern.compile("(-?[0-9]*)(:-?[0-9]*)?(:-?[0-9]*)?");

    private final String text;
    private int at;

    Parser(String text) {
        this.text = text;
    }

    List<Step> path() {
        var steps = new ArrayList<Step>();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '@' || c == '$') {
                at++;
            } else if (text.startsWith("..", at)) {
                recursive(steps);
            } else if (c == '.') {
                at++;
                field(steps);
            } else if (text.startsWith("[?(", at)) {
                steps.add(new Step.Filter(filter()));
            } else if (c == '[') {
                brackets(steps);
            } else {
                throw new SyntaxException("unexpected '" + text.substring(at) + "' at character " + at
                        + "; a field begins with a dot, and \\ protects a space or dot in its name");
            }
        }
        if (steps.isEmpty()) {
            throw new SyntaxException("the path is empty; write for example body.ref");
        }
        return steps;
    }

    private void recursive(List<Step> steps) {
        if (!steps.isEmpty() && steps.getLast() instanceof Step.Recursive) {
            throw new SyntaxException("invalid multiple recursive descent; write '..' once");
        }
        at += 2;
        steps.add(new Step.Recursive());
        field(steps);
    }

    /// A name that may be missing: before brackets the dot is only decoration.
    private void field(List<Step> steps) {
        var name = new StringBuilder();
        int start = at;
        while (at < text.length() && !endsName(text.charAt(at))) {
            if (text.charAt(at) == '\\' && ++at == text.length()) {
                throw new SyntaxException("nothing follows the last backslash");
            }
            name.append(text.charAt(at++));
        }
        if (text.substring(start, at).equals("*")) {
            steps.add(new Step.Wildcard());
        } else if (at > start) {
            steps.add(new Step.Field(name.toString()));
        } else if (start > 1 && (at == text.length() || text.charAt(at) != '[')) {
            throw new SyntaxException("a name is missing after the dot at character " + (start - 1));
        }
    }

    private static boolean endsName(char c) {
        return " \t\r\n.,[]$@{}".indexOf(c) >= 0;
    }

    private void brackets(List<Step> steps) {
        int close = closing(at, '[', ']');
        var inside = text.substring(at + 1, close);
        at = close + 1;
        var parts = split(inside);
        if (parts.size() == 1) {
            steps.addAll(selection(parts.getFirst()));
        } else {
            steps.add(new Step.Union(parts.stream().map(Parser::selection).toList()));
        }
    }

    private static List<Step> selection(String inside) {
        var part = inside.strip();
        if (part.equals("*")) {
            return List.of(new Step.Slice(null, null, null));
        }
        if (part.length() > 1 && part.startsWith("'") && part.endsWith("'")) {
            return new Parser("." + part.substring(1, part.length() - 1)).path();
        }
        var slice = SLICE.matcher(part);
        if (part.isEmpty() || !slice.matches()) {
            throw new SyntaxException("invalid array index [" + part
                    + "]; write a number, a slice such as 1:3, or a key in single quotes");
        }
        var first = integer(slice.group(1));
        if (slice.group(2) == null && first != null) {
            return List.of(new Step.Index(first));
        }
        var step = integer(slice.group(3));
        if (step != null && step <= 0) {
            throw new SyntaxException("invalid array index [" + part + "]: the step must be greater than 0");
        }
        return List.of(new Step.Slice(first, integer(slice.group(2)), step));
    }

    private static @Nullable Integer integer(@Nullable String part) {
        var digits = part == null || !part.startsWith(":") ? part : part.substring(1);
        if (digits == null || digits.isEmpty()) {
            return null;
        }
        try {
            return Integer.valueOf(digits);
        } catch (NumberFormatException _) {
            throw new SyntaxException("array index " + digits + " is not a number that an array can have");
        }
    }

    private Condition filter() {
        int close = closing(at + 2, '(', ')');
        var inside = text.substring(at + 3, close);
        if (!text.startsWith("]", close + 1)) {
            throw new SyntaxException("the filter (" + inside + ") must be closed by )]");
        }
        at = close + 2;
        int sign = outsideQuotes(inside, "!<>=");
        if (sign < 0) {
            return new Condition.Exists(operand(inside));
        }
        var matcher = OPERATOR.matcher(inside).region(sign, inside.length());
        matcher.lookingAt();
        var operator = Operator.of(matcher.group());
        if (operator.isEmpty()) {
            throw new SyntaxException(
                    "unrecognized filter operator " + matcher.group() + "; use one of == != < <= > >=");
        }
        return new Condition.Comparison(operand(inside.substring(0, sign)), operator.get(),
                operand(inside.substring(matcher.end())));
    }

    private static Operand operand(String side) {
        var operand = side.strip();
        if (operand.isEmpty()) {
            throw new SyntaxException("a side of the filter is empty; write for example [?(@.name == 'x')]");
        }
        if (operand.equals("true") || operand.equals("false")) {
            return new Operand.Literal(BooleanNode.valueOf(operand.equals("true")));
        }
        if (NUMBER.matcher(operand).matches()) {
            return new Operand.Literal(DecimalNode.valueOf(new BigDecimal(operand)));
        }
        char quote = operand.charAt(0);
        if (quote == '\'' || quote == '"') {
            int end = endOfQuoted(operand, 0);
            if (end == operand.length() - 1) {
                return new Operand.Literal(TextNode.valueOf(Quoted.unquote(operand)));
            }
        } else if ((quote == '@' || quote == '.' || quote == '$' || quote == '[')
                && outsideQuotes(operand, "&|!<>=") < 0) {
            var path = new Parser(operand);
            return new Operand.Path(operand.equals("@") ? List.of() : path.path());
        }
        throw new SyntaxException("a filter cannot hold '" + operand
                + "'; it has one comparison of a path beginning with @ with a"
                + " 'string', number, true or false. For && and || and null use an overlay of the cel interceptor");
    }

    /// Where the bracket that opens at `open` is closed, with brackets and quotes in between.
    private int closing(int open, char opening, char closing) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfQuoted(text, i);
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return i;
            }
        }
        throw new SyntaxException("the '" + opening + "' at character " + open + " is not closed by '" + closing + "'");
    }

    private static List<String> split(String inside) {
        var parts = new ArrayList<String>();
        var rest = inside;
        for (int comma = outsideQuotes(rest, ","); comma >= 0; comma = outsideQuotes(rest, ",")) {
            parts.add(rest.substring(0, comma));
            rest = rest.substring(comma + 1);
        }
        parts.add(rest);
        return parts;
    }

    private static int outsideQuotes(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                i = endOfQuoted(text, i);
            } else if (characters.indexOf(c) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static int endOfQuoted(String text, int start) {
        int i = start + 1;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == text.charAt(start)) {
                return i;
            }
            i += c == '\\' ? 2 : 1;
        }
        throw new SyntaxException("unterminated quoted string " + text.substring(start));
    }
}
