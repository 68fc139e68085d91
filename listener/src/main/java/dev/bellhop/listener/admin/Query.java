package dev.bellhop.listener.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The parameters behind the question mark. An empty one counts as absent. What cannot be used is an [UnusableParameter].
final class Query {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

    private final Map<String, List<String>> values;

    private Query(Map<String, List<String>> values) {
        this.values = values;
    }

    /// Reads `a=1&b=2`. A name that is not among `known` is refused: a filter with a slip of the pen would show too much.
    static Query of(String text, Set<String> known) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!known.contains(name)) {
                throw new UnusableParameter("parameter '" + name + "' is not known here; there "
                        + (known.isEmpty() ? "are none" : "is " + String.join(", ", new TreeSet<>(known))));
            }
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (!value.isEmpty()) {
                values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return new Query(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new UnusableParameter("'" + text + "' is not percent-encoded: " + e.getMessage());
        }
    }

    /// The one value of a parameter.
    Optional<String> text(String name) {
        var all = values.getOrDefault(name, List.of());
        if (all.size() > 1) {
            throw new UnusableParameter(name + " is given " + all.size() + " times; once is enough");
        }
        return all.stream().findFirst();
    }

    /// Several values: `a=x,y` or `a=x&a=y`.
    List<String> words(String name) {
        return values.getOrDefault(name, List.of()).stream().flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    /// A whole number from 1 to `most`.
    int number(String name, int otherwise, int most) {
        var text = text(name);
        if (text.isEmpty()) {
            return otherwise;
        }
        int number = NUMBER.matcher(text.get()).matches() ? Integer.parseInt(text.get()) : 0;
        if (number < 1 || number > most) {
            throw new UnusableParameter(name + "='" + text.get() + "' must be from 1 to " + most);
        }
        return number;
    }

    /// A moment as RFC 3339 writes it.
    Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new UnusableParameter(name + "='" + text + "' must be a time such as 2026-01-31T12:00:00Z"
                        + " (in a URL, '+' is written %2B)");
            }
        });
    }

    /// `true` or `false`; absent is false.
    boolean flag(String name) {
        return text(name).map(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new UnusableParameter(name + "='" + text + "' must be true or false");
        }).orElse(false);
    }
}
