package dev.bellhop.bench.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/// Counts what a process does to disks while something goes on.
///
/// @param syncs   calls of fsync and fdatasync; absent where strace cannot count them
/// @param written bytes for which the process is to blame, as `/proc/PID/io` tells
record Syncs(OptionalLong syncs, long written) {
    /// What goes on.
    interface Work {
        void run() throws IOException, InterruptedException;
    }

    static Syncs during(long pid, Path file, Work work) throws IOException, InterruptedException {
        var strace = strace(pid, file);
        long before = written(pid);
        work.run();
        long bytes = written(pid) - before;
        if (strace == null) {
            return new Syncs(OptionalLong.empty(), bytes);
        }
        // SIGINT: it lets go of the process and writes its sums.
        new ProcessBuilder("kill", "-INT", Long.toString(strace.pid())).start().waitFor();
        strace.waitFor(10, TimeUnit.SECONDS);
        return new Syncs(OptionalLong.of(Files.readAllLines(file).stream().map(line -> line.strip().split("\\s+"))
                .filter(words -> words[words.length - 1].matches("fsync|fdatasync"))
                .mapToLong(words -> Long.parseLong(words[3])).sum()), bytes);
    }

    private static @org.jspecify.annotations.Nullable Process strace(long pid, Path file) throws InterruptedException {
        try {
            var process = new ProcessBuilder(List.of("strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o",
                    file.toString(), "-p", Long.toString(pid))).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            // It has taken hold of every thread by then, or has failed.
            return process.waitFor(2, TimeUnit.SECONDS) ? null : process;
        } catch (IOException e) {
            // Not installed.
            return null;
        }
    }

    private static long written(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/io")).stream()
                .filter(line -> line.startsWith("write_bytes:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", ""))).sum();
    }

    @Override
    public String toString() {
        return (syncs.isPresent() ? syncs.getAsLong() + " syncs" : "syncs not counted (no strace)") + ", "
                + written / 1024 + " KiB written";
    }
}
