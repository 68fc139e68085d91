/// What the journal of a listener takes: [MillionCommand] fills one and looks how a listener lives with it, [AcceptCommand] compares
/// how fast events are accepted with how fast the store writes.
@NullMarked
package dev.bellhop.bench.journal;

import org.jspecify.annotations.NullMarked;
