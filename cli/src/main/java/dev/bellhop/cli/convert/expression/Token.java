package dev.bellhop.cli.convert.expression;

/// One word of an expression.
///
/// @param text   what it means: of a string, its content
/// @param line   from 1
/// @param column from 1
record Token(Kind kind, String text, int line, int column) {
    enum Kind {
        NAME, NUMBER, STRING, SIGN, END
    }

    boolean is(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    String place() {
        return line + ":" + column;
    }

    Untranslatable unexpected() {
        return new Untranslatable(kind == Kind.END
                ? "it ends too early, at " + place()
                : "'" + text + "' at " + place() + " is not understood");
    }
}
