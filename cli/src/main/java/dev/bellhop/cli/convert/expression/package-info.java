/// Expressions of other systems, made CEL: CUE's of kube-trigger ([CueFilter]), govaluate's and expr-lang's of Argo Events
/// ([PlainFilter]). [Lexer] and [Parser] read what the three have in common into an [Expr]; [CelWriter] writes it, with a check in
/// front that everything is there which the expression names: where it is not, all three let nothing through.
///
/// What is not understood is [Translation.Not], with the place; nothing is guessed.
@NullMarked
package dev.bellhop.cli.convert.expression;

import org.jspecify.annotations.NullMarked;
