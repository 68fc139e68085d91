package dev.bellhop.engine.bind;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.engine.json.JsonText;
import dev.bellhop.engine.json.JsonText.Escapes;

/// The value of a param for one event. Tekton knows only its [text][#text], pieces of JSON that are pasted into JSON; here
/// each piece keeps what it is, and [#content] is the string that it stands for.
public record ParamValue(List<Piece> pieces) {
    public ParamValue {
        pieces = List.copyOf(pieces);
    }

    /// A part of a value.
    public sealed interface Piece {
        /// Written by the author of a binding or template.
        ///
        /// @param text    as written
        /// @param content what it stands for
        record Written(String text, String content) implements Piece {}

        /// Taken from the event.
        record Taken(JsonNode value) implements Piece {}
    }

    /// A value without expressions. Tekton does not escape it, so authors write `\n` for a line break: text that may stand
    /// between the quotes of a JSON string is read as such, all other text means itself.
    public static ParamValue written(String text) {
        return new ParamValue(List.of(new Piece.Written(text, JsonText.unescape(text).orElse(text))));
    }

    /// A value taken from an event.
    public static ParamValue taken(JsonNode value) {
        return new ParamValue(List.of(new Piece.Taken(value)));
    }

    /// The string that the value stands for: strings of the event as they are, everything else of it as compact JSON.
    public String content() {
        if (pieces.size() == 1) {
            return content(pieces.getFirst());
        }
        var content = new StringBuilder();
        pieces.forEach(piece -> content.append(content(piece)));
        return content.toString();
    }

    private static String content(Piece piece) {
        return switch (piece) {
            case Piece.Written(var _, var content) -> content;
            case Piece.Taken(var value) -> JsonText
                    .wellFormed(value.isTextual() ? value.textValue() : JsonText.compact(value, Escapes.NEEDED));
        };
    }

    /// The text that Tekton would paste: strings of the event escaped as in JSON, without quotes.
    public String text() {
        var text = new StringBuilder();
        for (var piece : pieces) {
            text.append(switch (piece) {
                case Piece.Written(var written, var _) -> written;
                case Piece.Taken(var value) -> value.isTextual()
                        ? JsonText.escape(JsonText.wellFormed(value.textValue()), Escapes.HTML)
                        : JsonText.wellFormed(JsonText.compact(value, Escapes.HTML));
            });
        }
        return text.toString();
    }

    /// The content under the annotation `old-escape-quotes`: quotes of the text are escaped before it is pasted, which takes
    /// one level of backslashes out of objects too. Where that gives no JSON, and Tekton fails, the value is [#content].
    public String contentWithEscapedQuotes() {
        return JsonText.unescape(text().replace("\"", "\\\"")).orElseGet(this::content);
    }

    @Override
    public String toString() {
        return "ParamValue[" + pieces.size() + " pieces]";
    }
}
