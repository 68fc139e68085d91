package dev.bellhop.cli.convert.expression;

/// What became of an expression.
public sealed interface Translation {
    /// A filter in CEL.
    record Made(String cel) implements Translation {}

    /// It could not be translated; `why` has the place and what is written there.
    record Not(String why) implements Translation {}
}
