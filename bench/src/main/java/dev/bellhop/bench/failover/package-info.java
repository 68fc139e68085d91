/// Whether listeners that share a database keep their word when the database or one of them is killed: [FailoverCommand] does so
/// under load, again and again, and compares what was acknowledged with what exists in the end.
@NullMarked
package dev.bellhop.bench.failover;

import org.jspecify.annotations.NullMarked;
