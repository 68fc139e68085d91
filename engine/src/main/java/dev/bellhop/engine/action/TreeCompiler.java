package dev.bellhop.engine.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.action.Pieces.Cut;
import dev.bellhop.engine.action.Pieces.Piece;
import dev.bellhop.engine.action.ValueTree.Fixed;
import dev.bellhop.engine.action.ValueTree.Mapping;
import dev.bellhop.engine.action.ValueTree.Mixed;
import dev.bellhop.engine.action.ValueTree.Sequence;
import dev.bellhop.engine.action.ValueTree.Typed;
import dev.bellhop.engine.cel.CelExpression;
import dev.bellhop.engine.cel.CelExpression.Compiled;

/// Compiles the expressions of one action, and notes all that is wrong with them.
final class TreeCompiler {
    private final String namespace;
    private final Language language;
    private final List<Problem> problems;

    TreeCompiler(String namespace, Language language, List<Problem> problems) {
        this.namespace = namespace;
        this.language = language;
        this.problems = problems;
    }

    /// What the expressions may see.
    @FunctionalInterface
    interface Language {
        Compiled compile(String source, String namespace);
    }

    /// The same, with problems that go elsewhere.
    TreeCompiler telling(List<Problem> others) {
        return new TreeCompiler(namespace, language, others);
    }

    ValueTree tree(String path, JsonNode node) {
        if (node.isTextual()) {
            return text(path, node.textValue());
        }
        if (node.isArray()) {
            var items = new ArrayList<ValueTree>(node.size());
            for (int i = 0; i < node.size(); i++) {
                items.add(tree(path + "[" + i + "]", node.get(i)));
            }
            return new Sequence(List.copyOf(items));
        }
        if (!node.isObject()) {
            return new Fixed(node);
        }
        var entries = new ArrayList<Mapping.Entry>(node.size());
        for (var field : node.properties()) {
            entries.add(new Mapping.Entry(mixed(path, pieces(path, field.getKey())),
                    tree(path + "." + field.getKey(), field.getValue())));
        }
        return new Mapping(path, List.copyOf(entries));
    }

    private ValueTree text(String path, String written) {
        if (!written.contains(Pieces.OPEN)) {
            return new Fixed(TextNode.valueOf(written));
        }
        // A block of YAML ends with a line break that nobody means.
        var whole = pieces(path, written.strip());
        if (whole.size() == 1 && whole.getFirst() instanceof Piece.Verbatim) {
            return new Fixed(TextNode.valueOf(unescaped(written)));
        }
        if (whole.size() == 1 && whole.getFirst() instanceof Piece.Expression(var source)) {
            return expression(path, source).<ValueTree>map(expression -> new Typed(path, expression))
                    .orElseGet(() -> new Fixed(TextNode.valueOf(written)));
        }
        return mixed(path, pieces(path, written));
    }

    /// A text without expressions; one that is not closed is a problem already, and stays.
    private static String unescaped(String written) {
        return Pieces.cut(written) instanceof Cut.Sound(var pieces)
                && pieces.getFirst() instanceof Piece.Verbatim(var text) ? text : written;
    }

    private List<Piece> pieces(String path, String written) {
        return switch (Pieces.cut(written)) {
            case Cut.Sound(var pieces) -> pieces;
            case Cut.Broken(var why) -> {
                invalid(path + ": " + why);
                yield List.of(new Piece.Verbatim(written));
            }
        };
    }

    private Mixed mixed(String path, List<Piece> pieces) {
        var parts = new ArrayList<Mixed.Part>(pieces.size());
        for (var piece : pieces) {
            switch (piece) {
                case Piece.Verbatim(var text) -> parts.add(new Mixed.Part.Verbatim(text));
                case Piece.Expression(var source) ->
                    expression(path, source).ifPresent(expression -> parts.add(new Mixed.Part.Computed(expression)));
            }
        }
        return new Mixed(path, List.copyOf(parts));
    }

    /// The expression of a field that is one, with or without `${{` and `}}` around it.
    Optional<CelExpression> whole(String path, String written) {
        var text = written.strip();
        if (text.startsWith(Pieces.OPEN)) {
            var pieces = pieces(path, text);
            if (pieces.size() != 1) {
                invalid(path + " '" + written + "' must be one CEL expression and nothing else");
                return Optional.empty();
            }
            return pieces.getFirst() instanceof Piece.Expression(var source)
                    ? expression(path, source)
                    : Optional.empty();
        }
        return expression(path, text);
    }

    private Optional<CelExpression> expression(String path, String source) {
        return switch (language.compile(source, namespace)) {
            case Compiled.Broken(int line, int column, var why) -> {
                problem(path + " '" + source + "' does not compile at " + line + ":" + column + ": " + why);
                yield Optional.empty();
            }
            case Compiled.Sound(var expression) when !expression.secrets().isEmpty() -> {
                problem(path + " '" + source
                        + "' asks for a Secret with compareSecret: compare in an interceptor");
                yield Optional.empty();
            }
            case Compiled.Sound(var expression) -> Optional.of(expression);
        };
    }

    private void problem(String message) {
        problems.add(new Problem(Reason.ExpressionInvalid, message));
    }

    private void invalid(String message) {
        problems.add(new Problem(Reason.ExpressionInvalid, message));
    }
}
