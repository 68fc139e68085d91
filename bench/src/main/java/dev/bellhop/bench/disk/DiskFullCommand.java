package dev.bellhop.bench.disk;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Senders;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run diskfull`: without room new events are refused and nothing else happens to anyone.
@Command(name = "diskfull", description = "Takes the room from the journal's disk under load and gives it back; every other round the listener is killed in between.", mixinStandardHelpOptions = true)
public final class DiskFullCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);
    /// Senders of another half of a round have IDs of their own.
    private static final int SECOND_HALF = 500;
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    @Option(names = "--rounds", defaultValue = "6", description = "How often the room goes (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--megabytes", defaultValue = "48", description = "Size of the disk (default: ${DEFAULT-VALUE}).")
    private int megabytes;

    @Option(names = "--seconds", defaultValue = "5", description = "How long there is room, and how long there is none (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--senders", defaultValue = "8", description = "That send at the same time (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    /// How one round went.
    ///
    /// @param untilRefused from when the room went to the first 503
    /// @param untilTaken   from when there was room again to the first 202 after that
    private record Round(Ledger ledger, Duration untilRefused, Duration untilTaken, String remark) {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            SmallDisk disk;
            try {
                disk = SmallDisk.make(stage.file(""), "small", megabytes);
            } catch (IOException e) {
                System.err.println(
                        "diskfull mounts a file system in a file, and that is not possible here (Linux, root): "
                                + e.getMessage());
                return ExitCode.USAGE;
            }
            System.out.println("On " + stage.remark() + ": " + rounds + " rounds on a disk of " + megabytes + " MB, "
                    + senders + " senders");
            try (disk) {
                return run(stage, disk) ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private boolean run(Stage stage, SmallDisk disk) throws IOException, InterruptedException {
        var all = new ArrayList<Round>();
        try (var kubelet = new Kubelet(() -> stage.listener(disk.mountPoint().toString()))) {
            for (int round = 1; round <= rounds; round++) {
                all.add(round % 2 == 0 ? killed(stage, disk, kubelet, round) : untouched(stage, disk, kubelet, round));
            }
            kubelet.listener().awaitIdle(DRAIN_WAIT);
        }
        return tell(all, stage);
    }

    private Round untouched(Stage stage, SmallDisk disk, Kubelet kubelet, int round)
            throws IOException, InterruptedException {
        var sending = begin(stage, kubelet, round);
        Thread.sleep(Duration.ofSeconds(seconds));
        Duration untilRefused;
        try (var _ = new Filler(disk.mountPoint())) {
            untilRefused = until(() -> sending.soFar().refused(503) > 0);
            Thread.sleep(Duration.ofSeconds(seconds));
        }
        int acknowledged = sending.soFar().acknowledged().size();
        var untilTaken = until(() -> sending.soFar().acknowledged().size() > acknowledged + senders);
        return new Round(sending.stop(), untilRefused, untilTaken, "");
    }

    private Round killed(Stage stage, SmallDisk disk, Kubelet kubelet, int round)
            throws IOException, InterruptedException {
        var sending = begin(stage, kubelet, round);
        Thread.sleep(Duration.ofSeconds(seconds));
        Duration untilRefused;
        Ledger before;
        try (var _ = new Filler(disk.mountPoint())) {
            untilRefused = until(() -> sending.soFar().refused(503) > 0);
            Thread.sleep(Duration.ofSeconds(seconds));
            kubelet.listener().kill();
            before = sending.stop();
            Thread.sleep(Duration.ofSeconds(2L * seconds));
        }
        long since = System.nanoTime();
        var again = begin(stage, kubelet, SECOND_HALF + round);
        var untilTaken = Duration.ofNanos(System.nanoTime() - since);
        return new Round(before.plus(again.stop()), untilRefused, untilTaken,
                "killed without room, started " + kubelet.restarts() + " times until there was some");
    }

    private Senders begin(Stage stage, Kubelet kubelet, int round) throws IOException, InterruptedException {
        kubelet.awaitReady(PATIENCE);
        var sending = new Senders(stage.source(""), kubelet.listener().url(Stage.CREATED), round, senders);
        sending.awaitFirst();
        return sending;
    }

    private interface Condition {
        boolean holds();
    }

    private static Duration until(Condition condition) throws IOException, InterruptedException {
        long since = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new IOException("waited " + PATIENCE.toSeconds() + " s in vain: the listener neither refuses"
                        + " without room nor accepts with it");
            }
            Thread.sleep(LOOK_EVERY);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static boolean tell(List<Round> all, Stage stage) {
        var created = stage.created(Stage.CREATED_NAMESPACE);
        System.out.printf("%n%-6s %8s %13s %9s %6s %8s %8s %20s %18s %20s%n", "round", "sent", "acknowledged",
                "created",
                "lost", "doubled", "503", "without Retry-After", "room → 503, ms", "room again → 202, ms");
        boolean kept = true;
        for (int i = 0; i < all.size(); i++) {
            var round = all.get(i);
            var sums = round.ledger.compare(created);
            long silent = round.ledger.refusedWithoutWhen();
            kept &= sums.keptWord() && silent == 0 && round.ledger.refused(503) == round.ledger.refused().size();
            System.out.printf(Locale.ROOT, "%-6d %8d %13d %9d %6d %8d %8d %20d %18d %20d %s%n", i + 1, sums.sent(),
                    sums.acknowledged(), sums.created(), sums.lost(), sums.doubled(), round.ledger.refused(503), silent,
                    round.untilRefused.toMillis(), round.untilTaken.toMillis(),
                    round.remark);
        }
        System.out.println(kept
                ? "Everything acknowledged exists exactly once; without room it was 503 and nothing else."
                : "THE LISTENER BROKE ITS WORD.");
        return kept;
    }
}
