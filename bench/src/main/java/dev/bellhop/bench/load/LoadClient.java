package dev.bellhop.bench.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A process that sends pushes on some connections, each as soon as the last was answered: wrk where it is installed, else a
/// [LoadLoop].
public record LoadClient(List<String> command, String name) {
    private static final Pattern SEEN = Pattern.compile(
            "seen answered=(\\d+) refused=(\\d+) failed=(\\d+) micros=(\\d+) p50=(\\d+) p99=(\\d+)");

    /// What it saw.
    ///
    /// @param answered with whatever status
    /// @param refused  answered with a status from 400 on
    /// @param failed   without an answer
    public record Seen(long answered, long refused, long failed, Duration took, Duration p50, Duration p99) {
        private static Seen of(String output) throws IOException {
            var found = SEEN.matcher(output);
            if (!found.find()) {
                throw new IOException("the load client did not say what it saw:\n" + output);
            }
            return new Seen(number(found.group(1)), number(found.group(2)), number(found.group(3)),
                    micros(found.group(4)),
                    micros(found.group(5)), micros(found.group(6)));
        }

        private static long number(String digits) {
            return Long.parseLong(digits);
        }

        private static Duration micros(String digits) {
            return Duration.ofNanos(1_000 * number(digits));
        }
    }

    /// The one at hand. `pushes` is a file by [dev.bellhop.bench.stage.Push]; `java` runs our own.
    public static LoadClient atHand(int connections, Path script, Path pushes, List<String> java)
            throws InterruptedException {
        var wrk = List.of("wrk", "-t1", "-c" + connections, "-s" + script, "{duration}", "{url}", "--",
                pushes.toString());
        try {
            new ProcessBuilder("wrk", "-v").redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
            return new LoadClient(wrk, "wrk");
        } catch (IOException e) {
            var loop = new ArrayList<>(java);
            loop.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadLoop.class.getName(), "{duration}",
                    "{url}",
                    Integer.toString(connections), pushes.toString()));
            return new LoadClient(List.copyOf(loop), "a client of our own (wrk is not installed)");
        }
    }

    /// Sends to `url` for `seconds`.
    public Seen send(URI url, int seconds) throws IOException, InterruptedException {
        var line = command.stream()
                .map(word -> word.equals("{duration}")
                        ? "-d" + seconds + "s"
                        : word.equals("{url}") ? url.toString() : word);
        var process = new ProcessBuilder(line.toList()).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("the load client failed:\n" + output);
        }
        return Seen.of(output);
    }
}
