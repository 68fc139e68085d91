package dev.bellhop.cli.convert.expression;

/// Translates the boolean expressions of govaluate and expr-lang, as far as they compare, match and combine.
public final class PlainFilter {
    private PlainFilter() {}

    /// `expression` as CEL.
    public static Translation translate(String expression, Roots roots) {
        try {
            return new Translation.Made(CelWriter.filter(new Parser(Syntax.PLAIN, expression).expression(), roots));
        } catch (Untranslatable e) {
            return new Translation.Not(e.why());
        }
    }
}
