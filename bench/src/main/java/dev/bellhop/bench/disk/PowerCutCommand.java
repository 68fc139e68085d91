package dev.bellhop.bench.disk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Ledger.Sums;
import dev.bellhop.bench.send.Senders;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run powercut`: what was acknowledged must be on the device, not in the memory of the system. The listener is stopped at a
/// random moment, the image of its disk is copied as it is, without what the system has not written yet, and another listener goes
/// on with the copy.
///
/// With `--control` the system lies to the listener about syncs, which must be found out: else these rounds would prove nothing.
@Command(name = "powercut", description = "Goes on with what had reached the device at a random moment, and compares what was acknowledged with what exists.", mixinStandardHelpOptions = true)
public final class PowerCutCommand implements Callable<Integer> {
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(5);
    private static final int MEGABYTES = 64;

    @Option(names = "--rounds", defaultValue = "20", description = "How often the power goes (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--senders", defaultValue = "8", description = "That send at the same time (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--within", defaultValue = "2000", description = "Milliseconds from the first acknowledgement, of which one is chosen at random (default: ${DEFAULT-VALUE}).")
    private int within;

    @Option(names = "--control", description = "Syncs do nothing (strace answers them): events must be lost, and the exit code is 0 if they are.")
    private boolean control;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            try {
                SmallDisk.make(stage.file(""), "trial", MEGABYTES).close();
                if (control) {
                    Tool.run("strace", "-V");
                }
            } catch (IOException e) {
                System.err.println("powercut mounts file systems in files, and its control needs strace; that is not"
                        + " possible here (Linux, root): " + e.getMessage());
                return ExitCode.USAGE;
            }
            System.out.println("On " + stage.remark() + ": " + rounds + " power cuts, " + senders + " senders"
                    + (control ? "; CONTROL: syncs do nothing" : ""));
            System.out.printf("%n%-6s %8s %13s %9s %6s %8s %25s%n", "round", "sent", "acknowledged", "created", "lost",
                    "doubled", "created, not acknowledged");
            var total = Sums.NONE;
            for (int round = 1; round <= rounds; round++) {
                var ledger = cut(stage, round);
                var sums = ledger.compare(stage.created(Stage.CREATED_NAMESPACE));
                tell(Integer.toString(round), sums);
                total = total.plus(sums);
            }
            tell("sum", total);
            return judge(total);
        }
    }

    private int judge(Sums total) {
        if (control) {
            System.out.println(total.lost() > 0
                    ? "Without syncs events are lost, and this program sees it."
                    : "THIS PROGRAM PROVES NOTHING: without syncs nothing was lost.");
            return total.lost() > 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        System.out.println(
                total.keptWord() ? "Everything acknowledged exists exactly once." : "THE LISTENER BROKE ITS WORD.");
        return total.keptWord() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private Ledger cut(Stage stage, int round) throws IOException, InterruptedException {
        var name = "disk-" + round;
        var copy = stage.file(name + "-after.image");
        Ledger ledger;
        try (var disk = SmallDisk.make(stage.file(""), name, MEGABYTES)) {
            ledger = run(stage, disk, round, copy);
        }
        try (var disk = SmallDisk.mount(copy, stage.file(name + "-after"));
                var listener = stage.listener(disk.mountPoint().toString())) {
            listener.awaitReady();
            listener.awaitIdle(DRAIN_WAIT);
            listener.kill();
        }
        return ledger;
    }

    private Ledger run(Stage stage, SmallDisk disk, int round, Path copy)
            throws IOException, InterruptedException {
        var listener = stage.listener(disk.mountPoint().toString());
        try {
            listener.awaitReady();
            var liar = control ? List.of(lie(stage, listener)) : List.<Process>of();
            var sending = new Senders(stage.source(""), listener.url(Stage.CREATED), round, senders);
            sending.awaitFirst();
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, within));
            Tool.signal("STOP", listener.pid());
            disk.snapshot(copy);
            listener.kill();
            for (var process : liar) {
                process.destroyForcibly().waitFor();
            }
            return sending.stop();
        } finally {
            listener.kill();
        }
    }

    /// From now on the listener's syncs are answered without being carried out.
    private static Process lie(Stage stage, ListenerProcess listener) throws IOException, InterruptedException {
        var output = stage.file("strace");
        var process = new ProcessBuilder(List.of("strace", "-f", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e",
                "inject=fsync,fdatasync:retval=0", "-p", Long.toString(listener.pid()))).redirectErrorStream(true)
                .redirectOutput(output.toFile()).start();
        // It says nothing when it has taken hold of all threads; it ends when it cannot.
        if (process.waitFor(2, TimeUnit.SECONDS)) {
            throw new IOException("strace ended: " + Files.readString(output));
        }
        return process;
    }

    private static void tell(String name, Sums sums) {
        System.out.printf("%-6s %8d %13d %9d %6d %8d %25d%n", name, sums.sent(), sums.acknowledged(), sums.created(),
                sums.lost(), sums.doubled(), sums.unacknowledged());
    }
}
