package dev.bellhop.engine.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.bellhop.engine.action.Pieces.Cut;
import dev.bellhop.engine.action.Pieces.Piece;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    private static List<Piece> pieces(String text) {
        return switch (Pieces.cut(text)) {
            case Cut.Sound(var pieces) -> pieces;
            case Cut.Broken(var why) -> throw new AssertionError(why);
        };
    }

    @Test
    void cutsTextAndExpressions() {
        assertThat(pieces("a ${{ body.x }}b${{1}}")).containsExactly(new Piece.Verbatim("a "),
                new Piece.Expression("body.x"), new Piece.Verbatim("b"), new Piece.Expression("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a': {'b': 1}}", "{}", "'}}'", "\"}}\"", "'it\\'s }}'", "r'\\'", "\"\"\"a\"}}\"\"\"",
            "'''it's }}'''", "size([{}, {'a': '}'}])", "1 // }} and ' too\n + 1", "b'}}'", "rb'}}\\'"})
    void anExpressionEndsWhereItsOwnBracesAndStringsDo(String source) {
        assertThat(pieces("${{" + source + "}}")).containsExactly(new Piece.Expression(source.strip()));
    }

    @Test
    void aDoubledDollarStandsForTheTextItself() {
        assertThat(pieces("write $${{ body }} or ${{ 1 }}")).containsExactly(
                new Piece.Verbatim("write ${{ body }} or "),
                new Piece.Expression("1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$(body.x)", "{{ .Values.x }}", "${HOME}", "$ {{ x }}", "}}", ""})
    void whatBelongsToOthersStays(String text) {
        assertThat(pieces(text)).containsExactly(new Piece.Verbatim(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"${{ body.x", "${{ '}} ", "${{ {'a': 1 }} "})
    void whatIsNotClosedIsAProblem(String text) {
        assertThat(Pieces.cut(text)).isInstanceOfSatisfying(Cut.Broken.class,
                broken -> assertThat(broken.why()).contains("is not closed", "$${{"));
    }
}
