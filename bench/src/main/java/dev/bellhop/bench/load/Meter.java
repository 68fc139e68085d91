package dev.bellhop.bench.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

import dev.bellhop.bench.stage.ProcessUsage;

/// Measures what a process takes while something is done.
final class Meter {
    private final long pid;
    private final Duration cpu;
    private final Duration ours = ProcessUsage.cpuOfAllOurs();
    private final Duration machine = ProcessUsage.cpuOfMachine();
    private final long startedAt = System.nanoTime();

    /// Something that is done.
    @FunctionalInterface
    interface Work {
        Done run() throws IOException, InterruptedException;
    }

    /// What was done.
    record Done(long events, Duration took, Optional<Measured.Latency> latency) {}

    private Meter(long pid) {
        this.pid = pid;
        ProcessUsage.forgetPeak(pid);
        this.cpu = ProcessUsage.cpu(pid);
    }

    /// Does `work`, which the process `pid` has to do with.
    static Measured measure(long pid, Work work) throws IOException, InterruptedException {
        var meter = new Meter(pid);
        return meter.stop(work.run());
    }

    private Measured stop(Done done) {
        var others = ProcessUsage.cpuOfMachine().minus(machine).minus(ProcessUsage.cpuOfAllOurs().minus(ours));
        double capacity = Measured.seconds(Duration.ofNanos(System.nanoTime() - startedAt))
                * Runtime.getRuntime().availableProcessors();
        return new Measured(done.events, done.took, done.latency, ProcessUsage.cpu(pid).minus(cpu),
                ProcessUsage.peakResident(pid),
                Math.max(0, Measured.seconds(others) / capacity));
    }
}
