/// Who owns which field: sets of field paths, the managed fields of an object, and server-side apply. Begin at
/// [ServerSideApply]; [Ownership] keeps the books for all other writes.
@NullMarked
package dev.bellhop.apiserver.fields;

import org.jspecify.annotations.NullMarked;
