/// Structural schemas: what the objects of a kind may say. Begin at [Schema]; [Pruning], [Defaulting] and [Validation]
/// walk an object along it, and server-side apply reads from it how lists and maps merge. Built-in kinds have schemas of
/// the same form, so that nothing else asks whether a kind is built in.
@NullMarked
package dev.bellhop.apiserver.schema;

import org.jspecify.annotations.NullMarked;
