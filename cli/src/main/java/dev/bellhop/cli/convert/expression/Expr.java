package dev.bellhop.cli.convert.expression;

import java.util.List;

/// An expression, whatever language it was written in.
public sealed interface Expr {
    /// A string literal.
    record Text(String value) implements Expr {}

    /// A number, as it was written.
    record Numeral(String value) implements Expr {}

    /// True or false.
    record Bool(boolean value) implements Expr {}

    /// The null of JSON.
    record Null() implements Expr {}

    /// CUE's `_|_`.
    record Bottom() implements Expr {}

    /// A place in the event.
    record Ref(List<Step> path) implements Expr {}

    /// Several values.
    record Items(List<Expr> items) implements Expr {}

    /// `!` or `-`.
    record Unary(String op, Expr operand) implements Expr {}

    /// An operator between two values.
    record Binary(String op, Expr left, Expr right) implements Expr {}

    /// A function; `name` may have dots.
    record Call(String name, List<Expr> args) implements Expr {}

    /// CUE's `>=2` and the like, as the value of a field.
    record Bound(String op, Expr operand) implements Expr {}

    /// CUE's `{…}`, fields in order.
    record Struct(List<Field> fields) implements Expr {}

    /// A field of a struct.
    record Field(String name, boolean optional, Expr value) {}
}
