package dev.bellhop.bench.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.bellhop.bench.load.LoadClient;
import dev.bellhop.bench.load.LoadClient.Seen;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Push;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run accept`: how fast events become durable, next to how fast the store takes the same rows with nothing else to do.
@Command(name = "accept", description = "How fast events are accepted, next to how fast SQLite takes the same rows; and that what is filtered touches no disk.", mixinStandardHelpOptions = true)
public final class AcceptCommand implements Callable<Integer> {
    private static final int PUSHES = 1_000;
    private static final double BAR = 0.70;
    /// The JVM's own counters, which it keeps in a file: a page now and then, whatever the load.
    private static final long JVM_BYTES = 64 << 10;
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final String ACCEPT = "/listeners/bench/accept/";

    @Option(names = "--seconds", defaultValue = "5", description = "How long each round sends (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "Of which the best of each is told: others on the machine only ever make it slower (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--connections", split = ",", defaultValue = "1,16,64", description = "On how many connections (default: ${DEFAULT-VALUE}).")
    private List<Integer> connections = List.of();

    @Option(names = "--warm-up", defaultValue = "10", description = "Seconds that are not measured, for the JVM to compile (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    /// What was measured on so many connections.
    private record Row(int connections, List<Seen> accepted, List<StoreRows.Measured> store) {}

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        try (var stage = Stage.open(cluster)) {
            try (var in = Objects.requireNonNull(AcceptCommand.class.getResourceAsStream("objects.yaml"))) {
                stage.create(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
            System.out.println("On " + stage.remark() + ", " + Runtime.getRuntime().availableProcessors()
                    + " CPUs; load: " + Files.readString(Path.of("/proc/loadavg")).strip());
            var pushes = stage.file("pushes");
            Push.write(stage.source(""), pushes, PUSHES);
            var rows = connections.stream().map(some -> new Row(some, new ArrayList<>(), new ArrayList<>())).toList();
            var store = sample(stage, pushes);
            store.measure(stage.file("store-warm-up"), 16, Duration.ofSeconds(seconds));
            try (var listener = stage.listener("journal")) {
                listener.awaitReady();
                client(stage, listener, 16, pushes).send(listener.url(ACCEPT), warmUp);
                for (int round = 0; round < rounds; round++) {
                    for (var row : rows) {
                        row.accepted.add(clean(client(stage, listener, row.connections, pushes)
                                .send(listener.url(ACCEPT), seconds)));
                        row.store.add(store.measure(stage.file("store-" + round), row.connections,
                                Duration.ofSeconds(seconds)));
                    }
                }
                boolean fast = tell(rows, store);
                boolean untouched = syncs(stage, listener, pushes);
                System.out.println(fast && untouched ? "All bars are met." : "BARS WERE MISSED.");
                return fast && untouched ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    /// The rows that a listener writes of these pushes.
    private static StoreRows sample(Stage stage, Path pushes) throws IOException, InterruptedException, SQLException {
        try (var listener = stage.listener("sample")) {
            listener.awaitReady();
            clean(client(stage, listener, 16, pushes).send(listener.url(ACCEPT), 2));
            listener.terminate(GRACE);
        }
        return new StoreRows(stage.file("sample"));
    }

    private static LoadClient client(Stage stage, ListenerProcess listener, int connections, Path pushes)
            throws IOException, InterruptedException {
        return LoadClient.atHand(connections, stage.source("bench/src/main/wrk/push.lua"), pushes, listener.java());
    }

    private static Seen clean(Seen seen) throws IOException {
        if (seen.refused() + seen.failed() > 0) {
            throw new IOException("not all pushes were accepted: " + seen);
        }
        return seen;
    }

    private boolean syncs(Stage stage, ListenerProcess listener, Path pushes) throws IOException, InterruptedException {
        var client = client(stage, listener, 16, pushes);
        client.send(listener.url(Stage.FILTERED), 2);
        // What accepting has left is folded back into the database when the journal has nothing else to do.
        Thread.sleep(Duration.ofSeconds(5));
        var seen = new ArrayList<Seen>();
        var filtered = Syncs.during(listener.pid(), stage.file("strace"),
                () -> seen.add(clean(client.send(listener.url(Stage.FILTERED), seconds))));
        var accepted = Syncs.during(listener.pid(), stage.file("strace"),
                () -> seen.add(clean(client.send(listener.url(ACCEPT), seconds))));
        System.out.printf("%n%d filtered events: %s%n%d accepted events: %s (strace slows both)%n",
                seen.get(0).answered(), filtered, seen.get(1).answered(), accepted);
        return filtered.syncs().orElse(0) == 0 && filtered.written() <= JVM_BYTES;
    }

    private static boolean tell(List<Row> rows, StoreRows store) {
        System.out.printf("%nBodies of %d bytes, of which %d are stored%n", Push.SIZE, store.storedBody());
        System.out.printf("%-12s | %12s %8s %8s | %12s %8s %8s | %s%n", "connections", "accepted/s", "p50 ms", "p99 ms",
                "SQLite/s", "p50 ms", "p99 ms", "accepted of SQLite");
        boolean met = true;
        for (var row : rows) {
            var accepted = row.accepted.stream().max(Comparator.comparingDouble(AcceptCommand::perSecond))
                    .orElseThrow();
            var bare = row.store.stream().max(Comparator.comparingDouble(StoreRows.Measured::perSecond)).orElseThrow();
            double share = perSecond(accepted) / bare.perSecond();
            met &= share >= BAR;
            System.out.printf(Locale.ROOT,
                    "%-12d | %12.0f %8.2f %8.2f | %12.0f %8.2f %8.2f | %.0f %%   bar: %.0f %% %s%n",
                    row.connections, perSecond(accepted), accepted.p50().toNanos() / 1e6,
                    accepted.p99().toNanos() / 1e6,
                    bare.perSecond(), bare.latencies().millis(50), bare.latencies().millis(99), 100 * share, 100 * BAR,
                    share >= BAR ? "met" : "MISSED");
        }
        return met;
    }

    private static double perSecond(Seen seen) {
        return seen.answered() / (seen.took().toNanos() / 1e9);
    }
}
