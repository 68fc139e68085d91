package dev.bellhop.bench.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// What processes took, as Linux counts it in `/proc`.
public final class ProcessUsage {
    /// The kernel tells CPU time in hundredths of a second to every program, whatever its own clock.
    private static final long MILLIS_PER_TICK = 10;
    /// Fields of `/proc/PID/stat` after the name, which is in brackets and may hold spaces.
    private static final int USER = 11;
    private static final int SYSTEM = 12;
    private static final int USER_OF_ENDED_CHILDREN = 13;
    private static final int SYSTEM_OF_ENDED_CHILDREN = 14;

    private ProcessUsage() {}

    /// CPU time of a process, all threads, since it began.
    public static Duration cpu(long pid) {
        return ticks(pid, USER, SYSTEM);
    }

    /// CPU time of this process and all that it started, also of those that have ended.
    public static Duration cpuOfAllOurs() {
        var ours = ticks(ProcessHandle.current().pid(), USER, SYSTEM, USER_OF_ENDED_CHILDREN, SYSTEM_OF_ENDED_CHILDREN);
        return ProcessHandle.current().descendants().map(process -> cpu(process.pid())).reduce(ours, Duration::plus);
    }

    /// CPU time of everything that runs on this machine, since it began.
    public static Duration cpuOfMachine() {
        var times = read(Path.of("/proc/stat")).lines().findFirst().orElse("").trim().split("\\s+");
        // cpu user nice system idle iowait irq softirq steal
        long ticks = Long.parseLong(times[1]) + Long.parseLong(times[2]) + Long.parseLong(times[3])
                + Long.parseLong(times[6]) + Long.parseLong(times[7]);
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }

    /// Bytes of memory that a process has now.
    public static long resident(long pid) {
        return status(pid, "VmRSS");
    }

    /// The most that it has had since it began or since [#forgetPeak].
    public static long peakResident(long pid) {
        return status(pid, "VmHWM");
    }

    /// Lets the peak begin anew.
    public static void forgetPeak(long pid) {
        try {
            Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        } catch (IOException e) {
            throw new UncheckedIOException("resetting the peak of process " + pid, e);
        }
    }

    private static long status(long pid, String field) {
        return read(Path.of("/proc/" + pid + "/status")).lines().filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024).sum();
    }

    private static Duration ticks(long pid, int... fields) {
        var file = Path.of("/proc/" + pid + "/stat");
        if (!Files.exists(file)) {
            // Ended between being listed and being looked at.
            return Duration.ZERO;
        }
        var stat = read(file);
        var values = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Duration.ofMillis(
                Arrays.stream(fields).mapToLong(field -> Long.parseLong(values[field])).sum() * MILLIS_PER_TICK);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("these programs read " + file + ", which Linux has", e);
        }
    }
}
