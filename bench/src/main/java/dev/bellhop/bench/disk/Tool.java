package dev.bellhop.bench.disk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Programs of the system.
final class Tool {
    private Tool() {}

    /// Runs one to its end.
    ///
    /// @throws IOException when it is missing or does not end with 0; the message has its output
    static void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", List.of(command)) + " failed: " + output.strip());
        }
    }

    /// Sends a signal, such as STOP.
    static void signal(String name, long pid) throws IOException, InterruptedException {
        run("kill", "-" + name, Long.toString(pid));
    }
}
