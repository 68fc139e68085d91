package dev.bellhop.engine.intercept;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Where an overlay puts its value, in the notation of Go's `sjson`: `a.b` is field `b` of object `a`, `\.` a dot in a name,
/// a number the place in a list (or a name, where an object stands already), `-1` the end of a list, and `:1` a name that
/// looks like a number. Objects and lists that are not there yet are made.
record OverlayKey(String source, List<Part> parts) {
    /// Lists are filled up with nulls to the place, so it has a bound.
    private static final int MAX_PLACE = 1000;
    private static final String RESERVED = "|#@*?";

    /// One step.
    ///
    /// @param name  the field's name in an object
    /// @param place the place in a list; -1 is its end; empty when it can only be a name
    record Part(String name, Optional<Integer> place) {}

    /// What became of a key.
    sealed interface Parsed {
        /// It can be used.
        record Sound(OverlayKey key) implements Parsed {}

        /// It cannot; `why` follows its field in a sentence.
        record Broken(String why) implements Parsed {}
    }

    /// Reads a key.
    static Parsed parse(String source) {
        var parts = new ArrayList<Part>();
        var name = new StringBuilder();
        boolean plain = true;
        for (int i = 0; i <= source.length(); i++) {
            char c = i == source.length() ? '.' : source.charAt(i);
            if (c == '.') {
                var part = part(name.toString(), plain);
                if (name.isEmpty() || part.place().filter(place -> place > MAX_PLACE).isPresent()) {
                    return new Parsed.Broken("'" + source + "' " + (name.isEmpty()
                            ? "has an empty part: write a.b, or a\\.b for a name with a dot"
                            : "names place " + name + " of a list: the highest is " + MAX_PLACE));
                }
                parts.add(part);
                name.setLength(0);
                plain = true;
            } else if (c == ':' && name.isEmpty() && plain) {
                plain = false;
            } else if (c == '\\' && i + 1 < source.length()) {
                name.append(source.charAt(++i));
                plain = false;
            } else if (RESERVED.indexOf(c) >= 0) {
                return new Parsed.Broken(
                        "'" + source + "' has the character " + c + ", which is not supported: write \\" + c
                                + " for a name with it");
            } else {
                name.append(c);
            }
        }
        return new Parsed.Sound(new OverlayKey(source, List.copyOf(parts)));
    }

    private static Part part(String name, boolean plain) {
        boolean number = plain && !name.isEmpty() && name.length() <= 9
                && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (number) {
            return new Part(name, Optional.of(Integer.parseInt(name)));
        }
        return new Part(name, plain && name.equals("-1") ? Optional.of(-1) : Optional.empty());
    }

    /// Puts `value` at this place of `root`. Gives a complaint when something else stands in the way.
    Optional<String> set(ObjectNode root, JsonNode value) {
        JsonNode at = root;
        for (int i = 0; i < parts.size(); i++) {
            var part = parts.get(i);
            if (at.isArray() && part.place().isEmpty()) {
                return Optional.of("overlay key '" + source + "': cannot set array element for non-numeric key '"
                        + part.name() + "'");
            }
            if (i == parts.size() - 1) {
                put(at, part, value);
            } else {
                var next = get(at, part);
                if (next == null || next.isNull()) {
                    next = parts.get(i + 1).place().isPresent() ? root.arrayNode() : root.objectNode();
                    put(at, part, next);
                }
                if (!next.isContainerNode()) {
                    return Optional.of("overlay key '" + source + "': '" + part.name()
                            + "' holds neither an object nor a list");
                }
                at = next;
            }
        }
        return Optional.empty();
    }

    private static @Nullable JsonNode get(JsonNode at, Part part) {
        return at.isArray() ? at.get(part.place().orElse(-1)) : at.get(part.name());
    }

    private static void put(JsonNode at, Part part, JsonNode value) {
        if (at instanceof ArrayNode array) {
            int place = part.place().filter(number -> number >= 0).orElse(array.size());
            while (array.size() <= place) {
                array.addNull();
            }
            array.set(place, value);
        } else if (at instanceof ObjectNode object) {
            object.set(part.name(), value);
        }
    }
}
