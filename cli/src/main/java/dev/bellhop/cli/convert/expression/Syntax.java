package dev.bellhop.cli.convert.expression;

/// The languages that are read.
enum Syntax {
    /// CUE.
    CUE,
    /// govaluate and expr-lang, which also have words as operators, and strings in single quotes.
    PLAIN
}
