package dev.bellhop.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/// One round of one thing.
///
/// @param events  done in that time
/// @param took    until the last was done
/// @param latency of the answers, where there were some
/// @param cpu     of the process that did it
/// @param memory  the most bytes that it had
/// @param others  share of the machine's CPU that went to others than this benchmark
record Measured(long events, Duration took, Optional<Latency> latency, Duration cpu, long memory, double others) {
    /// How long half and nearly all of the answers took at most.
    record Latency(Duration p50, Duration p99) {}

    double perSecond() {
        return events / seconds(took);
    }

    double cpuSecondsPerThousand() {
        return 1000 * seconds(cpu) / events;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /// The middle of `rounds`; of an even number the lower of the two.
    static double median(List<Measured> rounds, ToDoubleFunction<Measured> value) {
        return rounds.stream().mapToDouble(value).sorted().skip((rounds.size() - 1) / 2).findFirst().orElseThrow();
    }
}
