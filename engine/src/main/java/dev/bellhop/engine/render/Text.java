package dev.bellhop.engine.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// A string of a template, cut into what stands there and what is put in.
record Text(List<Piece> pieces) {
    private static final String OPEN = "$(";
    private static final String PARAM = "$(tt.params.";
    private static final String UID = "$(uid)";

    sealed interface Piece {
        record Verbatim(String text) implements Piece {}

        /// @param written as it stands when no value is given
        /// @param slot    of the param's value in a [Rendering]
        record Param(String written, int slot) implements Piece {}

        record Uid() implements Piece {}
    }

    /// What became of a string.
    sealed interface Parsed {
        record Sound(Text text) implements Parsed {}

        record Broken(String why) implements Parsed {}
    }

    /// Reads `written`; other `$(…)` than params and uid are left to whoever reads the object. `slots` gives a param its slot.
    static Parsed parse(String written, ToIntFunction<String> slots) {
        var pieces = new ArrayList<Piece>();
        int done = 0;
        for (int open = written.indexOf(OPEN); open >= 0; open = written.indexOf(OPEN, open + OPEN.length())) {
            int end;
            Piece piece;
            if (written.startsWith(UID, open)) {
                end = open + UID.length();
                piece = new Piece.Uid();
            } else if (written.startsWith(PARAM, open)) {
                int close = written.indexOf(')', open);
                if (close < 0) {
                    return new Parsed.Broken("'" + written.substring(open) + "' is not closed; add the missing ')'");
                }
                end = close + 1;
                var name = written.substring(open + PARAM.length(), close);
                if (name.contains(OPEN)) {
                    return new Parsed.Broken("'" + written.substring(open, end)
                            + "' has a param inside the name of a param; names are fixed");
                }
                piece = new Piece.Param(written.substring(open, end), slots.applyAsInt(name));
            } else {
                continue;
            }
            if (open > done) {
                pieces.add(new Piece.Verbatim(written.substring(done, open)));
            }
            pieces.add(piece);
            done = end;
        }
        if (done < written.length() || pieces.isEmpty()) {
            pieces.add(new Piece.Verbatim(written.substring(done)));
        }
        return new Parsed.Sound(new Text(pieces));
    }

    /// What stands there, when nothing is put in.
    Optional<String> verbatim() {
        return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Verbatim(var text)
                ? Optional.of(text)
                : Optional.empty();
    }

    /// The string with its values.
    String render(Rendering rendering) {
        var first = pieces.getFirst();
        if (pieces.size() == 1) {
            return content(first, rendering);
        }
        var text = new StringBuilder();
        boolean afterValue = false;
        for (var piece : pieces) {
            var content = content(piece, rendering);
            boolean value = piece instanceof Piece.Param;
            // A value must not become one half of a "$(" either.
            if ((value || afterValue) && content.startsWith("(") && !text.isEmpty()
                    && text.charAt(text.length() - 1) == '$') {
                text.append('$');
            }
            text.append(content);
            afterValue = value || (afterValue && content.isEmpty());
        }
        return text.toString();
    }

    private static String content(Piece piece, Rendering rendering) {
        return rendering.count(switch (piece) {
            case Piece.Verbatim(var text) -> text;
            case Piece.Param(var written, var slot) -> {
                var value = rendering.value(slot);
                yield value == null ? written : value;
            }
            case Piece.Uid() -> rendering.uid();
        });
    }
}
