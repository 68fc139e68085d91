package dev.bellhop.cli.convert.expression;

import java.util.ArrayList;
import java.util.List;

/// Translates filters in CUE: an expression over `context`, or constraints that `context` has to meet.
public final class CueFilter {
    private CueFilter() {}

    /// `cue` as CEL.
    public static Translation translate(String cue, Roots roots) {
        try {
            var file = new Parser(Syntax.CUE, cue).cueFile();
            return new Translation.Made(CelWriter.filter(condition(file), roots));
        } catch (Untranslatable e) {
            return new Translation.Not(e.why());
        }
    }

    private static Expr condition(Expr file) throws Untranslatable {
        if (!(file instanceof Expr.Struct(var fields))) {
            return file;
        }
        for (var field : fields) {
            if (field.name().equals("filter")) {
                return condition(field.value());
            }
        }
        var conditions = new ArrayList<Expr>();
        constraints(List.of(), fields, conditions);
        if (conditions.isEmpty()) {
            throw new Untranslatable("it constrains nothing");
        }
        var all = conditions.getFirst();
        for (var next : conditions.subList(1, conditions.size())) {
            all = new Expr.Binary("&&", all, next);
        }
        return all;
    }

    private static void constraints(List<Step> path, List<Expr.Field> fields, List<Expr> conditions)
            throws Untranslatable {
        for (var field : fields) {
            if (field.optional()) {
                throw new Untranslatable("'" + field.name() + "?:' holds whether the field is there or not");
            }
            var below = new ArrayList<>(path);
            below.add(new Step.Name(field.name()));
            if (field.value() instanceof Expr.Struct(var inner)) {
                constraints(below, inner, conditions);
            } else {
                conditions.add(constraint(new Expr.Ref(List.copyOf(below)), field.value()));
            }
        }
    }

    private static Expr constraint(Expr.Ref place, Expr value) throws Untranslatable {
        return switch (value) {
            case Expr.Bound(var op, var operand) -> new Expr.Binary(op, place, operand);
            case Expr.Binary(var op, var left, var right) when op.equals("&") ->
                new Expr.Binary("&&", constraint(place, left), constraint(place, right));
            case Expr.Binary(var op, _, _) when op.equals("|") -> alternatives(place, value);
            case Expr.Ref(var path) when path.size() == 1 && path.getFirst() instanceof Step.Name(var type) ->
                type(place, type);
            case Expr.Text _,Expr.Numeral _,Expr.Bool _,Expr.Null _,Expr.Ref _,Expr.Items _,Expr.Call _ ->
                new Expr.Binary("==", place, value);
            case Expr.Unary _,Expr.Binary _ -> new Expr.Binary("==", place, value);
            case Expr.Bottom _,Expr.Struct _ -> throw new Untranslatable("such a constraint has no counterpart");
        };
    }

    /// `"A" | "B"`, or constraints of which one must hold.
    private static Expr alternatives(Expr.Ref place, Expr value) throws Untranslatable {
        var parts = new ArrayList<Expr>();
        split(value, parts);
        if (parts.stream().allMatch(part -> part instanceof Expr.Text || part instanceof Expr.Numeral)) {
            return new Expr.Binary("in", place, new Expr.Items(List.copyOf(parts)));
        }
        var any = constraint(place, parts.getFirst());
        for (var next : parts.subList(1, parts.size())) {
            any = new Expr.Binary("||", any, constraint(place, next));
        }
        return any;
    }

    private static void split(Expr value, List<Expr> parts) {
        if (value instanceof Expr.Binary(var op, var left, var right) && op.equals("|")) {
            split(left, parts);
            split(right, parts);
        } else {
            parts.add(value);
        }
    }

    private static Expr type(Expr.Ref place, String type) throws Untranslatable {
        if (!type.equals("_")) {
            throw new Untranslatable("'" + type + "' as a type has no counterpart");
        }
        return new Expr.Binary("!=", place, new Expr.Bottom());
    }
}
