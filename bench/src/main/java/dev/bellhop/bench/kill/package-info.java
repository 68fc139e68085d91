/// Whether the listener keeps its word when it is killed: [KillCommand] ends it under load, again and again, and compares what it
/// acknowledged with what exists in the end.
@NullMarked
package dev.bellhop.bench.kill;

import org.jspecify.annotations.NullMarked;
