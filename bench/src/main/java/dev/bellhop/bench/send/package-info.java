/// Who sends: [Senders] one push after the other, [Stream] at a steady rate; what they saw is a [Ledger], and [Latencies] how long
/// it took.
@NullMarked
package dev.bellhop.bench.send;

import org.jspecify.annotations.NullMarked;
