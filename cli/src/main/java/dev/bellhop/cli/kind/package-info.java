/// The kinds of event source, filter and action that this program has, and the commands that list them. Begin with
/// [KnownKinds].
@NullMarked
package dev.bellhop.cli.kind;

import org.jspecify.annotations.NullMarked;
