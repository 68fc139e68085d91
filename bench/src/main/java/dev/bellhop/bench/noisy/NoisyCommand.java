package dev.bellhop.bench.noisy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.bellhop.bench.send.Latencies;
import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Stream;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.ProcessUsage;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run noisy`: one tenant offers many times its share; its neighbour must hardly notice.
@Command(name = "noisy", description = "One tenant sends many times its share; measures how long its neighbour waits, alone and beside it.", mixinStandardHelpOptions = true)
public final class NoisyCommand implements Callable<Integer> {
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);
    private static final double BAR = 1.5;
    private static final String LISTENER = "/listeners/bench/shared/";

    @Option(names = "--seconds", defaultValue = "60", description = "How long the noise lasts; the neighbour is alone for half as long before it and after it (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--share", defaultValue = "50", description = "Events a second that each namespace may send (default: ${DEFAULT-VALUE}).")
    private int share;

    @Option(names = "--times", defaultValue = "20", description = "So many times its share the noisy one sends (default: ${DEFAULT-VALUE}).")
    private int times;

    @Option(names = "--quiet", defaultValue = "25", description = "Events a second that its neighbour sends (default: ${DEFAULT-VALUE}).")
    private int quiet;

    @Option(names = "--warm-up", defaultValue = "20", description = "Seconds of both that are not measured, for the JVM to compile (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    /// What the neighbour saw in one phase.
    ///
    /// @param busy     of all CPUs of the machine, in percent
    /// @param listener of one CPU, in percent
    private record Phase(String name, Latencies toAnswer, Latencies toCreated, Ledger.Sums sums, double busy,
            double listener) {}

    /// CPU time up to a moment.
    private record Used(long at, Duration machine, Duration listener) {
        static Used by(ListenerProcess listener) {
            return new Used(System.nanoTime(), ProcessUsage.cpuOfMachine(), ProcessUsage.cpu(listener.pid()));
        }

        double machineSince(Used before) {
            return 100.0 * machine.minus(before.machine).toNanos() / (at - before.at)
                    / Runtime.getRuntime().availableProcessors();
        }

        double listenerSince(Used before) {
            return 100.0 * listener.minus(before.listener).toNanos() / (at - before.at);
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            for (var tenant : List.of("noisy", "quiet")) {
                stage.create(resource("tenant.yaml").replace("TENANT", tenant)
                        .replace("SHARE", Integer.toString(share)).replace("BURST", Integer.toString(2 * share)));
            }
            stage.create(resource("listener.yaml"));
            System.out.printf(Locale.ROOT, "On %s: a share of %d events/s each; one sends %d/s, its neighbour %d/s%n",
                    stage.remark(), share, share * times, quiet);
            try (var listener = stage.listener("journal");
                    var arrivals = new Arrivals(stage.admin(), "quiet")) {
                listener.awaitReady();
                return run(stage, listener, arrivals) ? ExitCode.OK : ExitCode.SOFTWARE;
            }
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = Objects.requireNonNull(NoisyCommand.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private boolean run(Stage stage, ListenerProcess listener, Arrivals arrivals)
            throws IOException, InterruptedException {
        var noise = new ArrayList<Ledger>();
        noise.add(beside(stage, listener, warmUp, () -> phase(stage, listener, arrivals, "warm-up", warmUp)).noise());
        var before = phase(stage, listener, arrivals, "alone before", seconds / 2);
        var loud = beside(stage, listener, seconds,
                () -> phase(stage, listener, arrivals, "beside the noise", seconds));
        noise.add(loud.noise());
        var after = phase(stage, listener, arrivals, "alone after", seconds / 2);
        tell(List.of(before, loud.phase(), after));
        return judge(stage, before, loud.phase(), after, noise);
    }

    private interface Work {
        Phase run() throws IOException, InterruptedException;
    }

    private record Beside(Phase phase, Ledger noise) {}

    private Beside beside(Stage stage, ListenerProcess listener, int length, Work work)
            throws IOException, InterruptedException {
        var noise = Noise.begin(stage.source(""), listener.url(LISTENER + "noisy"), "noise-" + length + "-",
                (double) share * times, (long) share * times * length);
        var phase = work.run();
        var ledger = noise.await();
        listener.awaitIdle(DRAIN_WAIT);
        return new Beside(phase, ledger);
    }

    private Phase phase(Stage stage, ListenerProcess listener, Arrivals arrivals, String name, int length)
            throws InterruptedException {
        var begin = Used.by(listener);
        var stream = new Stream(stage.source(""), listener.url(LISTENER + "quiet"), name + "-", quiet,
                (long) quiet * length);
        var ledger = stream.await();
        var end = Used.by(listener);
        long deadline = System.nanoTime() + DRAIN_WAIT.toNanos();
        while (arrivals.count(stream.dueAt()) < ledger.acknowledged().size() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        return new Phase(name, stream.acknowledgements(), arrivals.since(stream.dueAt()),
                ledger.compare(stage.created("quiet")), end.machineSince(begin), end.listenerSince(begin));
    }

    private static void tell(List<Phase> phases) {
        System.out.printf("%n%-18s %8s %12s %8s %6s %8s | %25s | %25s | %13s %17s%n", "neighbour", "sent",
                "acknowledged", "created", "lost", "doubled", "ms to 202: p50   p99", "ms to created: p50   p99",
                "CPUs in use", "listener, of one");
        for (var phase : phases) {
            System.out.printf(Locale.ROOT,
                    "%-18s %8d %12d %8d %6d %8d | %16.1f %8.1f | %16.1f %8.1f | %11.0f %% %15.0f %%%n",
                    phase.name,
                    phase.sums.sent(), phase.sums.acknowledged(), phase.sums.created(), phase.sums.lost(),
                    phase.sums.doubled(), phase.toAnswer.millis(50), phase.toAnswer.millis(99),
                    phase.toCreated.millis(50), phase.toCreated.millis(99), phase.busy, phase.listener);
        }
    }

    private boolean judge(Stage stage, Phase before, Phase loud, Phase after, List<Ledger> noise) {
        // The machine's own noise comes and goes: the mean of before and after stands for what it was meanwhile.
        double alone = (before.toCreated.millis(99) + after.toCreated.millis(99)) / 2;
        double ratio = loud.toCreated.millis(99) / alone;
        var created = stage.created("noisy");
        var sums = noise.stream().map(ledger -> ledger.compare(created)).reduce(Ledger.Sums.NONE, Ledger.Sums::plus);
        var measured = noise.getLast();
        System.out.printf(Locale.ROOT,
                """
                        the noisy one: sent %d in %d s, acknowledged %d, refused %s, without Retry-After %d, unanswered %d; with the
                          warm-up acknowledged %d, created %d, lost %d, doubled %d
                        p99 from due to created: %.1f ms beside the noise, %.1f ms alone: %.2f times (bar: %.1f)
                        """,
                measured.sent().size(), seconds, measured.acknowledged().size(), measured.refusals(),
                measured.refusedWithoutWhen(), measured.unanswered(), sums.acknowledged(), sums.created(), sums.lost(),
                sums.doubled(), loud.toCreated.millis(99), alone, ratio, BAR);
        boolean kept = sums.keptWord() && loud.sums.keptWord() && before.sums.keptWord() && after.sums.keptWord();
        boolean spared = loud.sums.acknowledged() == loud.sums.sent();
        boolean told = measured.refused(429) > 0 && measured.refusedWithoutWhen() == 0;
        boolean fair = ratio <= BAR;
        System.out.println(kept && spared && told && fair
                ? "The neighbour was spared, and nothing that was accepted is lost."
                : "THE LISTENER BROKE ITS WORD" + (kept ? "" : ": accepted events are lost or doubled")
                        + (spared ? "" : ": the neighbour was refused") + (told ? "" : ": no 429 with Retry-After")
                        + (fair ? "" : ": the neighbour had to wait"));
        return kept && spared && told && fair;
    }
}
