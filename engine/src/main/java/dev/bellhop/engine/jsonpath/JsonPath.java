package dev.bellhop.engine.jsonpath;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/// A path into a JSON document, parsed once. Immutable.
public final class JsonPath {
    private final List<Step> steps;

    private JsonPath(List<Step> steps) {
        this.steps = List.copyOf(steps);
    }

    /// What became of the text of a path.
    public sealed interface Parsed {
        /// It is a path.
        record Sound(JsonPath path) implements Parsed {}

        /// It is none; `why` tells what stands where, and what to write instead.
        record Broken(String why) implements Parsed {}
    }

    /// Reads `a.b`, `.a.b`, `{a.b}` and `{.a.b}`, which are the same path.
    public static Parsed parse(String text) {
        var bare = text;
        if (bare.startsWith("{") && bare.endsWith("}") && bare.length() > 1) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.indexOf('{') >= 0 || bare.indexOf('}') >= 0) {
            return new Parsed.Broken("braces may only enclose the whole path; write a.b, .a.b, {a.b} or {.a.b}");
        }
        try {
            return new Parsed.Sound(new JsonPath(new Parser(bare.startsWith(".") ? bare : "." + bare).path()));
        } catch (SyntaxException e) {
            return new Parsed.Broken(e.getMessage());
        }
    }

    /// Follows the path from `document`.
    public Found from(JsonNode document) {
        return Step.follow(steps, List.of(document));
    }

    /// The names of the fields that the path begins with: `body`, `a` for `body.a[0].b`.
    public List<String> leadingFields() {
        var names = new ArrayList<String>();
        for (var step : steps) {
            if (!(step instanceof Step.Field(var name))) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    /// The same path with another name for one of its [leading fields][#leadingFields].
    public JsonPath withLeadingField(int index, String name) {
        var renamed = new ArrayList<>(steps);
        renamed.set(index, new Step.Field(name));
        return new JsonPath(renamed);
    }
}
