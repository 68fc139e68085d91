package dev.bellhop.bench.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.bellhop.bench.send.Latencies;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.ProcessUsage;
import dev.bellhop.bench.stage.Stage;
import dev.bellhop.listener.journal.DeliveryQuery;
import dev.bellhop.listener.journal.DeliveryState;
import dev.bellhop.listener.journal.Journal;
import dev.bellhop.listener.journal.sqlite.SqliteJournal;
import dev.bellhop.listener.journal.sqlite.SqliteSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run million`: a journal with a million records must not be felt.
@Command(name = "million", description = "Fills a journal; measures starts of the listener on it, its heap, and pages of listings.", mixinStandardHelpOptions = true)
public final class MillionCommand implements Callable<Integer> {
    private static final double PAGE_BAR = 50;
    private static final double START_BAR = 5_000;
    private static final long HEAP_BAR = 256 << 20;
    private static final int LOOKS = 20;

    @Option(names = "--records", defaultValue = "1000000", description = "Deliveries in the journal (default: ${DEFAULT-VALUE}).")
    private long records;

    @Option(names = "--starts", defaultValue = "3", description = "How often the listener is started on it (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Option(names = "--directory", paramLabel = "DIR", description = "Where the journal is made, or lies since an earlier run; it is kept (default: a new one, removed at the end).")
    private @Nullable Path kept;

    private boolean met = true;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            System.out.printf(Locale.ROOT, "On %s: %d records; load: %s%n", stage.remark(), records,
                    Files.readString(Path.of("/proc/loadavg")).strip());
            var directory = kept == null ? stage.file("million") : kept.toAbsolutePath();
            long startedAt = System.nanoTime();
            if (!Files.exists(directory)) {
                new Fill(records).run(directory);
            }
            System.out.printf(Locale.ROOT, "filled in %.0f s: %d MB%n", millis(startedAt) / 1e3,
                    Files.size(directory.resolve("journal.db")) / 1_000_000);
            pages(directory);
            starts(stage, directory);
        }
        System.out.println(met ? "All bars are met." : "BARS WERE MISSED.");
        return met ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static double millis(long since) {
        return (System.nanoTime() - since) / 1e6;
    }

    private void pages(Path directory) throws IOException, InterruptedException {
        forgetCached(directory);
        long startedAt = System.nanoTime();
        try (var journal = SqliteJournal.open(SqliteSettings.in(directory), Clock.systemUTC())) {
            bar("open the journal, not cached", millis(startedAt), START_BAR, "ms");
            System.out.printf("%n%-52s %6s %9s %9s %9s%n", "page", "rows", "first ms", "p50 ms", "max ms");
            for (var query : queries(journal).entrySet()) {
                page(journal, query.getKey(), query.getValue());
            }
        }
        startedAt = System.nanoTime();
        SqliteJournal.open(SqliteSettings.in(directory), Clock.systemUTC()).close();
        bar("open the journal, cached", millis(startedAt), START_BAR, "ms");
    }

    private static Map<String, DeliveryQuery> queries(Journal journal) {
        var all = new LinkedHashMap<String, DeliveryQuery>();
        var newest = DeliveryQuery.newest(50);
        var some = Fill.trigger(42);
        var middle = Instant.now().minus(Duration.ofDays(3));
        var inTheMiddle = journal.list(DeliveryQuery.newest(1).to(middle)).deliveries().getFirst();
        all.put("the newest 50", newest);
        all.put("the newest 1,000", DeliveryQuery.newest(1_000));
        all.put("50 from the middle on", newest.before(inTheMiddle.id()));
        all.put("of a namespace", newest.inTenant(some.namespace()));
        all.put("of a namespace, from the middle on",
                newest.inTenant(some.namespace()).before(inTheMiddle.id()));
        all.put("of a Trigger", newest.inTenant(some.namespace()).ofTrigger(some.name()));
        all.put("of Triggers of one name", newest.ofTrigger(some.name()));
        all.put("of a Trigger that does not exist", newest.inTenant(some.namespace()).ofTrigger("nobody"));
        all.put("of a namespace that does not exist", newest.inTenant("nobody"));
        all.put("of Triggers of a name that does not exist", newest.ofTrigger("nobody"));
        all.put("done, of Triggers of one name", newest.ofTrigger(some.name()).thatAre(DeliveryState.DONE));
        all.put("given up, of Triggers of one name", newest.ofTrigger(some.name()).thatAre(DeliveryState.DEAD));
        all.put("unfinished, of a name that does not exist",
                newest.ofTrigger("nobody").thatAre(DeliveryState.PENDING, DeliveryState.RETRYING));
        all.put("given up", newest.thatAre(DeliveryState.DEAD));
        all.put("given up, of a namespace",
                newest.inTenant(some.namespace()).thatAre(DeliveryState.DEAD));
        all.put("given up, of a Trigger", newest.inTenant(some.namespace()).ofTrigger(some.name())
                .thatAre(DeliveryState.DEAD));
        all.put("unfinished", newest.thatAre(DeliveryState.PENDING, DeliveryState.RETRYING));
        all.put("unfinished, of a namespace",
                newest.inTenant(some.namespace()).thatAre(DeliveryState.PENDING, DeliveryState.RETRYING));
        all.put("corrupt, of which there is none", newest.thatAre(DeliveryState.CORRUPT));
        all.put("cancelled of a namespace, of which there is none",
                newest.inTenant(some.namespace()).thatAre(DeliveryState.CANCELLED));
        all.put("of an hour", newest.from(middle.minus(Duration.ofHours(1))).to(middle));
        all.put("of an hour, of a namespace",
                newest.inTenant(some.namespace()).from(middle.minus(Duration.ofHours(1))).to(middle));
        all.put("given up in an hour", newest.from(middle.minus(Duration.ofHours(1))).to(middle)
                .thatAre(DeliveryState.DEAD));
        all.put("of the last hour, of a namespace",
                newest.inTenant(some.namespace()).from(Instant.now().minus(Duration.ofHours(1))));
        all.put("of an event", newest.ofEvent(inTheMiddle.id().event()));
        all.put("with a delivery id", newest.withDedupKey(Fill.dedupKey(4_242)));
        return all;
    }

    private void page(Journal journal, String name, DeliveryQuery query) {
        var times = new ArrayList<Long>();
        int rows = 0;
        double first = 0;
        for (int i = 0; i < LOOKS; i++) {
            long startedAt = System.nanoTime();
            rows = journal.list(query).deliveries().size();
            times.add(System.nanoTime() - startedAt);
            first = i == 0 ? millis(startedAt) : first;
        }
        var latencies = Latencies.of(times);
        boolean fast = latencies.millis(50) < PAGE_BAR;
        met &= fast;
        System.out.printf(Locale.ROOT, "%-52s %6d %9.1f %9.1f %9.1f %s%n", name, rows, first, latencies.millis(50),
                latencies.millis(100), fast ? "" : "MISSED: the bar is " + PAGE_BAR + " ms");
    }

    private void starts(Stage stage, Path directory) throws IOException, InterruptedException {
        System.out.println();
        try (var listener = stage.listener("empty")) {
            System.out.printf("%-52s %9d ms%n", "start to ready, empty journal", listener.awaitReady().toMillis());
        }
        for (int i = 0; i < starts; i++) {
            boolean cached = i > 0;
            if (!cached) {
                forgetCached(directory);
            }
            try (var listener = stage.listener(directory.toString())) {
                bar("start to ready" + (cached ? ", cached" : ", not cached"),
                        (double) listener.awaitReady().toMillis(),
                        START_BAR, "ms");
                if (i == starts - 1) {
                    heap(listener);
                }
                listener.kill();
            }
        }
    }

    private void heap(ListenerProcess listener) throws IOException, InterruptedException {
        System.out.println("JVM: " + String.join(" ", listener.java().stream().filter(option -> option.startsWith("-X"))
                .toList()));
        bar("heap in use, after a collection", liveHeap(listener.pid()) / 1e6, HEAP_BAR / 1e6,
                "MB");
        System.out.printf("%-52s %9d MB%n", "resident", ProcessUsage.resident(listener.pid()) / 1_000_000);
    }

    /// Bytes that are reachable, after a full collection.
    private static long liveHeap(long pid) throws IOException, InterruptedException {
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid), "GC.class_histogram").redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.lines().filter(line -> line.startsWith("Total")).map(line -> line.split("\\s+"))
                .mapToLong(words -> Long.parseLong(words[2])).findFirst()
                .orElseThrow(() -> new IOException("jcmd did not tell the heap of " + pid + ":\n" + output));
    }

    /// Lets the system forget what it has cached of the files: a machine that has just started has nothing.
    private static void forgetCached(Path directory) throws IOException, InterruptedException {
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                new ProcessBuilder(List.of("dd", "of=" + file, "oflag=nocache", "conv=notrunc,fdatasync", "count=0"))
                        .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
            }
        }
    }

    private void bar(String what, double value, double bar, String unit) {
        boolean good = value < bar;
        met &= good;
        System.out.printf(Locale.ROOT, "%-52s %9.0f %s   bar: less than %.0f %s   %s%n", what, value, unit, bar, unit,
                good ? "met" : "MISSED");
    }
}
