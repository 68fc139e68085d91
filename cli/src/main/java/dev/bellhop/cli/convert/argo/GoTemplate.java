package dev.bellhop.cli.convert.argo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import dev.bellhop.cli.convert.draft.Cel;
import dev.bellhop.cli.convert.expression.Place;

/// The simple templates of Go: text with places of the event in it, each through some functions.
final class GoTemplate {
    private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\S+");

    private GoTemplate() {}

    /// The text of an action that says the same; empty when the template does more. It is always a text.
    static Optional<String> translate(String template, Function<String, Optional<Place>> input) {
        var text = new StringBuilder();
        int done = 0;
        int expressions = 0;
        for (int open = template.indexOf("{{"); open >= 0; open = template.indexOf("{{", done)) {
            int close = template.indexOf("}}", open);
            if (close < 0) {
                return Optional.empty();
            }
            text.append(Cel.verbatim(template.substring(done, open)));
            var inner = template.substring(open + 2, close);
            if (inner.startsWith("-") || inner.endsWith("-")) {
                return Optional.empty();
            }
            var cel = pipeline(inner, input);
            if (cel.isEmpty()) {
                return Optional.empty();
            }
            text.append(cel.get().fixed().map(Cel::verbatim).orElse(Cel.value(cel.get().cel())));
            expressions++;
            done = close + 2;
            if (done == template.length() && expressions == 1 && open == 0) {
                return Optional.of(cel.get().known() ? text.toString() : Cel.text(cel.get().cel()));
            }
        }
        return Optional.of(text + Cel.verbatim(template.substring(done)));
    }

    private static Optional<Place> pipeline(String inner, Function<String, Optional<Place>> input) {
        Optional<Place> value = Optional.empty();
        var parts = inner.split("\\|", -1);
        for (int i = 0; i < parts.length; i++) {
            var words = words(parts[i].strip());
            if (i == 0 && words.size() == 1 && words.getFirst().startsWith(".Input.")) {
                value = input.apply(words.getFirst().substring(".Input.".length()));
            } else if (i == 0 && words.size() > 1 && words.getLast().startsWith(".Input.")) {
                var place = input.apply(words.getLast().substring(".Input.".length()));
                value = place.flatMap(found -> function(words.subList(0, words.size() - 1), found));
            } else if (i > 0) {
                value = value.flatMap(found -> function(words, found));
            } else {
                return Optional.empty();
            }
        }
        return value;
    }

    private static List<String> words(String part) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(part);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /// The functions of sprig that have a counterpart.
    private static Optional<Place> function(List<String> words, Place value) {
        var cel = value.cel();
        return Optional.ofNullable(switch (words.isEmpty() ? "" : words.getFirst() + "/" + (words.size() - 1)) {
            case "toString/0" -> value;
            case "lower/0" -> Place.text(cel + ".lowerAscii()");
            case "upper/0" -> Place.text(cel + ".upperAscii()");
            case "trim/0" -> Place.text(cel + ".trim()");
            case "b64enc/0" -> Place.text("base64.encode(bytes(" + cel + "))");
            case "b64dec/0" -> Place.text("string(base64.decode(" + cel + "))");
            case "toJson/0" -> Place.text("json.encode(" + cel + ")");
            case "default/1" -> isText(words.get(1)) ? Place.always(value.orValue(literal(words.get(1)))) : null;
            case "trunc/1" ->
                words.get(1).matches("\\d{1,6}") ? Place.text(cel + ".truncate(" + words.get(1) + ")") : null;
            case "replace/2" -> isText(words.get(1)) && isText(words.get(2))
                    ? Place.text(cel + ".replace(" + literal(words.get(1)) + ", " + literal(words.get(2)) + ")")
                    : null;
            default -> null;
        });
    }

    /// Whether a word is a string without escapes.
    private static boolean isText(String word) {
        return word.matches("\"[^\"\\\\]*\"");
    }

    private static String literal(String word) {
        return Cel.quote(word.substring(1, word.length() - 1));
    }
}
