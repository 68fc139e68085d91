package dev.bellhop.cli.convert.expression;

import java.math.BigDecimal;
import java.math.BigInteger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Reads CUE that is no more than data: structs, lists and literals.
public final class CueData {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CueData() {}

    /// What became of a text.
    public sealed interface Read {
        /// It is data.
        record Understood(ObjectNode json) implements Read {}

        /// It has references, constraints or other things that only CUE itself evaluates.
        record Unreadable(String why) implements Read {}
    }

    /// Reads `cue`, a whole file.
    public static Read read(String cue) {
        try {
            return new Parser(Syntax.CUE, cue).cueFile() instanceof Expr.Struct struct
                    && json(struct) instanceof ObjectNode object
                            ? new Read.Understood(object)
                            : new Read.Unreadable("it is no struct");
        } catch (Untranslatable e) {
            return new Read.Unreadable(e.why());
        }
    }

    private static JsonNode json(Expr expr) throws Untranslatable {
        return switch (expr) {
            case Expr.Text(var text) -> JSON.textNode(text);
            case Expr.Numeral(var digits) -> digits.matches("\\d+")
                    ? JSON.numberNode(new BigInteger(digits))
                    : JSON.numberNode(new BigDecimal(digits));
            case Expr.Bool(var value) -> JSON.booleanNode(value);
            case Expr.Null _ -> JSON.nullNode();
            case Expr.Items(var items) -> {
                var list = JSON.arrayNode();
                for (var item : items) {
                    list.add(json(item));
                }
                yield list;
            }
            case Expr.Struct(var fields) -> {
                var object = JSON.objectNode();
                for (var field : fields) {
                    merge(object, field.name(), json(field.value()));
                }
                yield object;
            }
            case Expr.Ref(var path) ->
                throw new Untranslatable("the reference '" + Place.of("", path).cel().substring(1)
                        + "' needs CUE itself");
            case Expr.Unary _,Expr.Binary _,Expr.Call _,Expr.Bound _,Expr.Bottom _ ->
                throw new Untranslatable("an expression outside of a string needs CUE itself");
        };
    }

    /// `a: b: 1` and `a: c: 2` together are `a: {b: 1, c: 2}`.
    private static void merge(ObjectNode object, String name, JsonNode value) throws Untranslatable {
        var before = object.get(name);
        if (before instanceof ObjectNode inner && value instanceof ObjectNode more) {
            for (var field : more.properties()) {
                merge(inner, field.getKey(), field.getValue());
            }
        } else if (before == null || before.equals(value)) {
            object.set(name, value);
        } else {
            throw new Untranslatable("'" + name + "' is there twice with different values");
        }
    }
}
