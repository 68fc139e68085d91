package dev.bellhop.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.management.OperatingSystemMXBean;
import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import dev.bellhop.listener.journal.Accepted;
import dev.bellhop.listener.journal.Appended;
import dev.bellhop.listener.journal.Door;
import dev.bellhop.listener.journal.Gate;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.NewDelivery;
import dev.bellhop.listener.journal.Outcome;
import dev.bellhop.listener.journal.Tried;
import dev.bellhop.listener.journal.postgres.Login;
import dev.bellhop.listener.journal.postgres.PostgresJournal;
import dev.bellhop.listener.journal.postgres.PostgresSettings;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;

/// How many events of 8 KB a second a journal makes durable, next to a bare write and sync of as many bytes on the same
/// disk. A program: `JournalBench [DIRECTORY [SECONDS [URL]]]`; with a URL, `jdbc:postgresql://…`, the journal is in that
/// database and leaves its tables there.
final class JournalBench {
    private static final int BODY = 8_192;
    private static final List<Integer> APPENDERS = List.of(1, 16, 64);
    private static final Clock CLOCK = Clock.systemUTC();

    private final Path directory;
    private final Duration length;
    private final Optional<String> url;

    private JournalBench(Path directory, Duration length, Optional<String> url) {
        this.directory = directory;
        this.length = length;
        this.url = url;
    }

    static void main(String[] args) throws Exception {
        var directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("journal-bench");
        Files.createDirectories(directory);
        new JournalBench(directory, Duration.ofSeconds(args.length > 1 ? Long.parseLong(args[1]) : 5),
                Arrays.stream(args).skip(2).findFirst()).run();
    }

    private void run() throws Exception {
        System.out.printf("%-34s %10s %9s %9s %12s%n", "8 KB each", "per second", "p50 ms", "p99 ms", "CPU µs each");
        bareSync();
        var json = bodies(JournalBench::webhook);
        var noise = bodies(JournalBench::noise);
        // The first run warms the JVM up and is not shown.
        journal("warm-up", json, 16, false, false);
        for (int appenders : APPENDERS) {
            journal("append, webhook, " + appenders, json, appenders, false, true);
        }
        for (int appenders : APPENDERS) {
            journal("append, noise, " + appenders, noise, appenders, false, true);
        }
        for (int appenders : APPENDERS) {
            journal("append + done, webhook, " + appenders, json, appenders, true, true);
        }
    }

    private void bareSync() throws IOException {
        var file = directory.resolve("bare");
        var bytes = ByteBuffer.allocate(BODY);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            var run = new Run();
            long end = System.nanoTime() + length.toNanos();
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                channel.write(bytes.rewind());
                channel.force(false);
                run.took(System.nanoTime() - start);
            }
            run.print("bare write + fsync, 1");
        }
        Files.delete(file);
    }

    private void journal(String name, List<Body> bodies, int appenders, boolean finish, boolean show)
            throws Exception {
        var place = Files.createTempDirectory(directory, "journal");
        try (var journal = open(place)) {
            var run = new Run();
            var done = new AtomicLong();
            long end = System.nanoTime() + length.toNanos();
            var threads = IntStream.range(0, appenders).mapToObj(i -> Thread.ofVirtual().unstarted(() -> {
                for (int n = i; System.nanoTime() < end; n++) {
                    long start = System.nanoTime();
                    append(journal, bodies.get(n % bodies.size()), i);
                    run.took(System.nanoTime() - start);
                }
            })).toList();
            threads.forEach(Thread::start);
            if (finish) {
                finishUntil(journal, end, done);
            }
            for (var thread : threads) {
                thread.join();
            }
            if (show) {
                run.print(name + (finish ? " (" + 100 * done.get() / run.count() + " % done)" : ""));
            }
        }
        try (var files = Files.list(place)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(place);
    }

    private Journal open(Path place) throws IOException {
        return url.isPresent()
                ? PostgresJournal.open(PostgresSettings.at(url.get(), Login.inEnvironment(System.getenv()), "bench"),
                        CLOCK)
                : SqliteJournal.open(SqliteSettings.in(place), CLOCK);
    }

    private static void append(Journal journal, Body body, int appender) {
        var now = CLOCK.instant();
        var event = new Event(EventId.at(now, ThreadLocalRandom.current()), now, "POST", "/", HEADERS, body);
        var trigger = new ObjectName("team-" + appender % 8, "build");
        var answer = journal
                .append(new Accepted(event, List.of(new NewDelivery(Door.listener(new ObjectName("bellhop", "shared")),
                        trigger, "0b7d5b0e-1c7e-4f0e-9d0e-7f1f6b1c2d3e", JsonNodeFactory.instance.objectNode()))))
                .toCompletableFuture().join();
        if (!(answer instanceof Appended.Durable)) {
            throw new IllegalStateException("the journal did not take an event: " + answer);
        }
    }

    private static void finishUntil(Journal journal, long end, AtomicLong done) throws InterruptedException {
        while (System.nanoTime() < end) {
            for (var delivery : journal.claim(64, Gate.OPEN, Duration.ofMillis(100))) {
                var now = CLOCK.instant();
                journal.settle(new Tried(delivery, now, now, new Outcome.Done(List.of())))
                        .thenRun(done::incrementAndGet);
            }
        }
    }

    private static final Headers HEADERS = Headers.of(List.of(Map.entry("Content-Type", "application/json"),
            Map.entry("User-Agent", "GitHub-Hookshot/044aadd"), Map.entry("X-GitHub-Event", "push"),
            Map.entry("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
            Map.entry("X-Hub-Signature-256", "sha256=" + "0".repeat(64)), Map.entry("Accept", "*/*")));

    private static List<Body> bodies(IntFunction<Body> body) {
        return IntStream.range(0, 64).mapToObj(body).toList();
    }

    /// Long names and URLs with ids in between: deflates to about a fifth, as recorded webhooks do.
    private static Body webhook(int seed) {
        var random = new Random(seed);
        var json = JsonNodeFactory.instance.objectNode().put("ref", "refs/heads/main");
        var commits = json.putArray("commits");
        while (json.toString().length() < BODY - 600) {
            var id = hex(random, 10);
            commits.addObject()
                    .put("id", id)
                    .put("url", "https://api.github.com/repos/example/shared-services/commits/" + id)
                    .put("message", "Change " + random.nextInt(10_000))
                    .put("timestamp", "2026-03-01T12:" + (10 + random.nextInt(50)) + ":00Z")
                    .putObject("author")
                    .put("name", "user-" + random.nextInt(50))
                    .put("email", "user-" + random.nextInt(50) + "@example.com");
        }
        return Body.of(json.put("padding", "-".repeat(Math.max(0, BODY - 14 - json.toString().length()))));
    }

    /// Hexadecimal noise: deflates to a half at best.
    private static Body noise(int seed) {
        return Body.of(JsonNodeFactory.instance.objectNode().put("noise", hex(new Random(seed), (BODY - 12) / 2)));
    }

    private static String hex(Random random, int bytes) {
        var some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    /// The times of one run, and what the process used meanwhile.
    private static final class Run {
        private final long startedAt = System.nanoTime();
        private final long cpuAt = cpu();
        private final ConcurrentLinkedQueue<Long> times = new ConcurrentLinkedQueue<>();

        void took(long nanos) {
            times.add(nanos);
        }

        int count() {
            return times.size();
        }

        void print(String name) {
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            double used = (cpu() - cpuAt) / 1e3;
            var sorted = times.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            System.out.printf("%-34s %10.0f %9.2f %9.2f %12.1f%n", name, sorted.length / seconds,
                    sorted[sorted.length / 2] / 1e6, sorted[(int) (sorted.length * 0.99)] / 1e6, used / sorted.length);
        }

        private static long cpu() {
            return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        }
    }
}
