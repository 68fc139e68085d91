/// The objects and their history: one revision counter, one sorted map per kind, and the last changes for watchers that
/// come back. Not thread-safe; the server's event loop is its only caller.
@NullMarked
package dev.bellhop.apiserver.store;

import org.jspecify.annotations.NullMarked;
