/// How fast the listener is: [LoadCommand] sends to it from another process and measures it next to a bare server and next to
/// creates without it, in turn and on the same machine.
@NullMarked
package dev.bellhop.bench.load;

import org.jspecify.annotations.NullMarked;
