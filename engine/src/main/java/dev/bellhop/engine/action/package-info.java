/// What a Trigger's actions come to for one event: [ActionCompiler] compiles their `${{ CEL }}` once, when the Trigger changes,
/// and [Actions] makes the [ActionStep]s of an event, in order. Nothing here acts.
///
/// A value that is exactly one expression becomes what the expression gives, of whatever type; in all other places an
/// expression only ever becomes a part of a text. So no event changes the shape of what is sent, except where its author put a
/// whole value.
@NullMarked
package dev.bellhop.engine.action;

import org.jspecify.annotations.NullMarked;
