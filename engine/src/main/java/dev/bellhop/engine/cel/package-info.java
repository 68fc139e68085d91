/// CEL expressions over an event: [CelExpression] compiles one and evaluates it, [Scope] is what it can see,
/// [CelFunctions] lists what it can call, [Conjunct] is what an index can learn from it.
///
/// The only package that imports `dev.cel`. Filters, overlays, bindings and templates come here; so does the controller, to
/// tell whether an expression is sound.
@NullMarked
package dev.bellhop.engine.cel;

import org.jspecify.annotations.NullMarked;
