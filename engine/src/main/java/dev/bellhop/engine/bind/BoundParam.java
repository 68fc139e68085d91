package dev.bellhop.engine.bind;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.engine.bind.Expressions.Segment;
import dev.bellhop.engine.bind.ParamValue.Piece;
import dev.bellhop.engine.json.JsonText;
import dev.bellhop.engine.jsonpath.Found;
import dev.bellhop.engine.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;

/// A param whose value depends on the event.
///
/// @param looksAtHeaders whether a path may lead into the headers, which are put together only then
/// @param fallback       the template's default
record BoundParam(String source, String name, List<Part> parts, boolean looksAtHeaders, @Nullable ParamValue fallback) {
    sealed interface Part {
        record Text(Piece.Written piece) implements Part {}

        record Look(String written, JsonPath path) implements Part {}
    }

    /// What an event gave.
    sealed interface Taken {
        record Whole(ParamValue value) implements Taken {}

        record Lacking(String why) implements Taken {}
    }

    static BoundParam of(SourcedParam param, List<Segment> segments, @Nullable ParamValue fallback) {
        boolean escaped = segments.stream()
                .allMatch(
                        segment -> !(segment instanceof Segment.Text(var text)) || JsonText.unescape(text).isPresent());
        var parts = segments.stream().<Part>map(segment -> switch (segment) {
            case Segment.Text(var text) ->
                new Part.Text(new Piece.Written(text, escaped ? JsonText.unescape(text).orElse(text) : text));
            case Segment.Expression(var written, var path) -> new Part.Look(written, path);
        }).toList();
        boolean looksAtHeaders = segments.stream().anyMatch(BoundParam::looksAtHeaders);
        return new BoundParam(param.source(), param.name(), parts, looksAtHeaders, fallback);
    }

    private static boolean looksAtHeaders(Segment segment) {
        return segment instanceof Segment.Expression(var _, var path)
                && (path.leadingFields().isEmpty() || path.leadingFields().getFirst().equals("header"));
    }

    /// Whether a path leads into the body.
    boolean looksAtBody() {
        return parts.stream().anyMatch(part -> part instanceof Part.Look(var _, var path)
                && !path.leadingFields().isEmpty() && path.leadingFields().getFirst().equals("body"));
    }

    /// The value for one event. A path that fails is replaced by the template's default, the text around it stays.
    Taken from(ObjectNode document) {
        var pieces = new ArrayList<Piece>(parts.size());
        for (var part : parts) {
            switch (part) {
                case Part.Text(var piece) -> pieces.add(piece);
                case Part.Look(var written, var path) -> {
                    switch (path.from(document)) {
                        case Found.Values(var values) -> pieces.add(new Piece.Taken(oneOf(values)));
                        case Found.Failed(var why) -> {
                            if (fallback == null) {
                                return new Taken.Lacking("param '" + name + "': " + written + ": " + why + "; correct "
                                        + source + ", or declare a default for the param in the template");
                            }
                            pieces.addAll(fallback.pieces());
                        }
                    }
                }
            }
        }
        return new Taken.Whole(new ParamValue(pieces));
    }

    private static JsonNode oneOf(List<JsonNode> values) {
        return values.size() == 1 ? values.getFirst() : JsonNodeFactory.instance.arrayNode().addAll(values);
    }
}
