package dev.bellhop.bench.noisy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;

import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Stream;

/// One who sends too much, in a process of its own that gives way to all others: elsewhere it would be another machine's CPUs that
/// it takes, and here it shall not be its sending that its neighbour waits for.
final class Noise {
    private static final String UNANSWERED = "-";

    private final Process process;
    private final CompletableFuture<Ledger> ledger;

    private Noise(Process process) {
        this.process = process;
        ledger = CompletableFuture.supplyAsync(() -> read(process));
    }

    /// Begins to send `events` pushes.
    static Noise begin(Path root, URI url, String prefix, double perSecond, long events) throws IOException {
        return new Noise(new ProcessBuilder("nice", "-n", "19",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
                "-cp", System.getProperty("java.class.path"), Noise.class.getName(), root.toString(), url.toString(),
                prefix, Double.toString(perSecond), Long.toString(events))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Waits until all is sent and answered.
    Ledger await() throws IOException, InterruptedException {
        var sums = ledger.join();
        if (process.waitFor() != 0) {
            throw new IOException("the noisy sender ended with " + process.exitValue());
        }
        return sums;
    }

    private static Ledger read(Process process) {
        var sent = new HashSet<String>();
        var acknowledged = new HashSet<String>();
        var refused = new HashMap<String, Ledger.Refusal>();
        for (var line : process.inputReader(StandardCharsets.US_ASCII).lines().toList()) {
            var words = line.split(" ");
            sent.add(words[0]);
            switch (words[1]) {
                case UNANSWERED -> {
                    // Nothing more is known.
                }
                case "202" -> acknowledged.add(words[0]);
                default -> refused.put(words[0],
                        new Ledger.Refusal(Integer.parseInt(words[1]), Boolean.parseBoolean(words[2])));
            }
        }
        return new Ledger(sent, acknowledged, refused);
    }

    /// `ROOT URL PREFIX PER-SECOND EVENTS`; prints a line for each push: its ID, the status of its answer, and whether a refusal
    /// said when to come again.
    public static void main(String[] args) throws InterruptedException {
        var ledger = new Stream(Path.of(args[0]), URI.create(args[1]), args[2], Double.parseDouble(args[3]),
                Long.parseLong(args[4])).await();
        var lines = new StringBuilder();
        for (var id : ledger.sent()) {
            var refusal = ledger.refused().get(id);
            lines.append(id).append(' ').append(ledger.acknowledged().contains(id)
                    ? "202"
                    : refusal == null ? UNANSWERED : refusal.status() + " " + refusal.saysWhen()).append('\n');
        }
        System.out.print(lines);
        System.out.flush();
    }
}
