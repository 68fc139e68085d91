package dev.bellhop.bench.send;

import java.util.Collection;

/// How long things took.
///
/// @param sorted nanoseconds, ascending
@SuppressWarnings("ArrayRecordComponent")
public record Latencies(long[] sorted) {
    /// Those of `nanos`.
    public static Latencies of(Collection<Long> nanos) {
        return new Latencies(nanos.stream().mapToLong(Long::longValue).sorted().toArray());
    }

    /// How many there are.
    public int count() {
        return sorted.length;
    }

    /// So many percent took at most these milliseconds; 0 when there are none.
    public double millis(double percent) {
        return sorted.length == 0
                ? 0
                : sorted[(int) Math.min(sorted.length - 1L, (long) (sorted.length * percent / 100))] / 1e6;
    }
}
