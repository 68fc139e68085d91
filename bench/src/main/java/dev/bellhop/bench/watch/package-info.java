/// What a watch costs, and whether it misses or repeats anything over a restart. Begin with [WatchCommand].
@NullMarked
package dev.bellhop.bench.watch;

import org.jspecify.annotations.NullMarked;
