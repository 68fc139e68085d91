package dev.bellhop.listener.journal.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.DeliveryHistory;
import dev.bellhop.listener.journal.DeliveryId;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.RetentionLimits;
import dev.bellhop.listener.journal.Samples;
import dev.bellhop.listener.journal.Tried;

/// Kills a process that appends and settles at random moments, with SIGKILL, and compares what it acknowledged with what
/// the journal holds. A program: `CrashRounds DIRECTORY ROUNDS`.
final class CrashRounds {
    private static final int APPENDERS = 16;

    private CrashRounds() {}

    /// @param acknowledged events that were answered "durable"
    /// @param done         deliveries whose outcome was confirmed
    /// @param lost         acknowledged, but not there or not intact
    /// @param undone       confirmed as done, but not so
    /// @param twice        offered more than once after the restart
    record Sums(int rounds, int acknowledged, int done, int lost, int undone, int twice) {
        Sums plus(Sums other) {
            return new Sums(rounds + other.rounds, acknowledged + other.acknowledged, done + other.done,
                    lost + other.lost, undone + other.undone, twice + other.twice);
        }
    }

    /// `serve DIRECTORY` is the process that gets killed.
    static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Path.of(args[1]));
            return;
        }
        var sums = run(Path.of(args[0]), Integer.parseInt(args[1]), new Random());
        System.out.println(sums);
        System.exit(sums.lost() + sums.undone() + sums.twice() == 0 ? 0 : 1);
    }

    static Sums run(Path directory, int rounds, Random random) throws Exception {
        var sums = new Sums(0, 0, 0, 0, 0, 0);
        for (int round = 0; round < rounds; round++) {
            sums = sums.plus(round(directory, Duration.ofMillis(50 + random.nextInt(700))));
        }
        return sums;
    }

    private static Sums round(Path directory, Duration untilKilled) throws Exception {
        var acknowledged = new ArrayList<DeliveryId>();
        var done = new ArrayList<DeliveryId>();
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), CrashRounds.class.getName(), "serve", directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.US_ASCII)) {
            // From the first acknowledgement on: a machine under load may take seconds until then.
            acknowledged.add(awaitFirst(out));
            var killer = Thread.ofPlatform().start(() -> killAfter(process, untilKilled));
            for (var line = confirmed(out); line != null; line = confirmed(out)) {
                if (line.startsWith("A ")) {
                    acknowledged.add(new DeliveryId(line.substring(2)));
                } else if (line.startsWith("D ")) {
                    done.add(new DeliveryId(line.substring(2)));
                }
            }
            killer.join();
        } finally {
            process.toHandle().destroyForcibly();
        }
        process.waitFor();
        return compare(directory, acknowledged, done);
    }

    /// Log lines come by the same way.
    private static DeliveryId awaitFirst(BufferedReader out) throws IOException {
        for (var line = confirmed(out); line != null; line = confirmed(out)) {
            if (line.startsWith("A ")) {
                return new DeliveryId(line.substring(2));
            }
        }
        throw new IOException("the process to kill ended before it acknowledged anything");
    }

    /// A random moment needs a real clock: waiting is what this is about.
    private static void killAfter(Process process, Duration untilKilled) {
        try {
            process.waitFor(untilKilled);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Not Process.destroyForcibly: that closes the pipe before all was read.
        process.toHandle().destroyForcibly();
    }

    /// A whole line; null at the end, where the last may be torn.
    private static String confirmed(BufferedReader out) throws IOException {
        var line = new StringBuilder();
        for (int c = out.read(); c >= 0; c = out.read()) {
            if (c == '\n') {
                return line.toString();
            }
            line.append((char) c);
        }
        return null;
    }

    private static Sums compare(Path directory, List<DeliveryId> acknowledged, List<DeliveryId> done)
            throws Exception {
        int lost = 0;
        int undone = 0;
        int twice = 0;
        try (var journal = open(directory)) {
            for (var id : acknowledged) {
                lost += journal.get(id).flatMap(DeliveryHistory::event).isPresent() ? 0 : 1;
            }
            for (var id : done) {
                undone += journal.get(id).map(h -> h.summary().state() == DeliveryState.DONE).orElse(false) ? 0 : 1;
            }
            var offered = new HashSet<DeliveryId>();
            // Those left over are finished, so that the next round begins with a clean slate.
            while (journal.status().unfinished() > 0) {
                for (var delivery : journal.claim(256, Gate.OPEN, Duration.ofMillis(100))) {
                    twice += offered.add(delivery.id()) ? 0 : 1;
                    Clock clock = Clock.systemUTC();
                    Samples.settle(journal, clock, delivery, new Outcome.Done(List.of()));
                }
            }
            twice += (int) done.stream().filter(offered::contains).count();
            lost += lostPending(acknowledged, done, offered, journal);
        }
        return new Sums(1, acknowledged.size(), done.size(), lost, undone, twice);
    }

    /// What was acknowledged was either finished before the kill or offered after it.
    private static int lostPending(List<DeliveryId> acknowledged, List<DeliveryId> done, Set<DeliveryId> offered,
            SqliteJournal journal) {
        var doneIds = new HashSet<>(done);
        return (int) acknowledged.stream()
                .filter(id -> !doneIds.contains(id) && !offered.contains(id))
                // Done on disk, killed before it could be confirmed.
                .filter(id -> journal.get(id).map(h -> h.summary().attempts() == 0).orElse(true))
                .count();
    }

    private static SqliteJournal open(Path directory) throws IOException {
        var retention = new RetentionLimits(Duration.ofDays(7), 1_000_000, 1L << 40);
        return SqliteJournal.open(new SqliteSettings(directory, 64 << 20, 8 << 20, Duration.ofSeconds(20),
                _ -> retention,
                1 << 20), Clock.systemUTC());
    }

    private static void serve(Path directory) throws IOException {
        var clock = Clock.systemUTC();
        var journal = open(directory);
        var out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
        IntStream.range(0, APPENDERS).forEach(i -> Thread.ofPlatform().start(() -> {
            while (true) {
                var answer = Samples.await(journal.append(
                        Samples.accepted(Samples.event(clock, "payload ".repeat(800)), "team-" + i % 4 + "/build")));
                if (answer instanceof Appended.Durable durable) {
                    say(out, "A " + durable.ids().getFirst());
                }
            }
        }));
        Thread.ofPlatform().start(() -> {
            while (true) {
                finishSome(journal, clock, out);
            }
        });
    }

    private static void finishSome(SqliteJournal journal, Clock clock, PrintStream out) {
        try {
            var settled = journal.claim(8, Gate.OPEN, Duration.ofSeconds(1)).stream().map(delivery -> {
                var tried = new Tried(delivery, clock.instant(), clock.instant(), new Outcome.Done(List.of()));
                return journal.settle(tried).thenRun(() -> say(out, "D " + delivery.id())).toCompletableFuture();
            }).toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(settled).join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this program", e);
        }
    }

    private static void say(PrintStream out, String line) {
        synchronized (out) {
            out.print(line + "\n");
            if (out.checkError()) {
                // Nobody listens any more: end, rather than fill the disk.
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
