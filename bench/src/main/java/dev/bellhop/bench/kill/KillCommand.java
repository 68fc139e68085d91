package dev.bellhop.bench.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Ledger.Sums;
import dev.bellhop.bench.send.Senders;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run kill`: what was acknowledged must exist exactly once, however the listener ended.
@Command(name = "kill", description = "Ends the listener under load, and compares what it acknowledged with what exists.", mixinStandardHelpOptions = true)
public final class KillCommand implements Callable<Integer> {
    /// A Pod's usual time to stop.
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);

    /// How it is ended.
    enum Signal {
        KILL, TERM
    }

    @Option(names = "--rounds", defaultValue = "20", description = "How often it is ended (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--signal", defaultValue = "KILL", description = "${COMPLETION-CANDIDATES}; TERM must end it with exit code 0 within 30 s (default: ${DEFAULT-VALUE}).")
    private Signal signal = Signal.KILL;

    @Option(names = "--senders", defaultValue = "16", description = "That send at the same time (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--within", defaultValue = "2000", description = "Milliseconds from the first acknowledgement, of which one is chosen at random (default: ${DEFAULT-VALUE}).")
    private int within;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            System.out.println(
                    "On " + stage.remark() + ": " + rounds + " rounds, SIG" + signal + ", " + senders + " senders");
            var ledgers = new ArrayList<Ledger>();
            boolean stoppedWell = true;
            for (int round = 1; round <= rounds; round++) {
                stoppedWell &= round(stage, round, ledgers);
            }
            try (var listener = stage.listener("journal")) {
                listener.awaitReady();
                System.out.println("finishing " + listener.metric("bellhop_deliveries_unfinished", "") + " deliveries");
                listener.awaitIdle(DRAIN_WAIT);
            }
            return tell(ledgers, stage.created(Stage.CREATED_NAMESPACE)) && stoppedWell ? 0 : 1;
        }
    }

    private boolean round(Stage stage, int round, List<Ledger> ledgers) throws IOException, InterruptedException {
        try (var listener = stage.listener("journal")) {
            var ready = listener.awaitReady();
            var at = Duration.ofMillis(ThreadLocalRandom.current().nextLong(1, within));
            var sending = new Senders(stage.source(""), listener.url(Stage.CREATED), round, senders);
            sending.awaitFirst();
            Thread.sleep(at);
            long endedAt = System.nanoTime();
            int exit = end(listener);
            var took = Duration.ofNanos(System.nanoTime() - endedAt);
            var ledger = sending.stop();
            ledgers.add(ledger);
            System.out.println(String.format(Locale.ROOT,
                    "round %d: ready after %d ms, ended %d ms after the first acknowledgement%s; sent %d, acknowledged %d, refused %s",
                    round,
                    ready.toMillis(), at.toMillis(),
                    signal == Signal.TERM ? " with exit code " + exit + " in " + took.toMillis() + " ms" : "",
                    ledger.sent().size(), ledger.acknowledged().size(), ledger.refusals()));
            return signal == Signal.KILL || exit == 0;
        }
    }

    private int end(ListenerProcess listener) throws IOException, InterruptedException {
        return switch (signal) {
            case TERM -> listener.terminate(GRACE);
            case KILL -> {
                listener.kill();
                yield 0;
            }
        };
    }

    private static boolean tell(List<Ledger> ledgers, Map<String, Long> existing) {
        System.out.println(String.format("%n%-7s %10s %13s %10s %8s %8s %28s", "round", "sent", "acknowledged",
                "created", "lost", "doubled",
                "created, not acknowledged"));
        var total = Sums.NONE;
        for (int i = 0; i < ledgers.size(); i++) {
            var sums = ledgers.get(i).compare(existing);
            tell(Integer.toString(i + 1), sums);
            total = total.plus(sums);
        }
        tell("sum", total);
        System.out.println(
                total.keptWord() ? "Everything acknowledged exists exactly once." : "THE LISTENER BROKE ITS WORD.");
        return total.keptWord();
    }

    private static void tell(String name, Sums sums) {
        System.out.println(String.format("%-7s %10d %13d %10d %8d %8d %28d", name, sums.sent(), sums.acknowledged(),
                sums.created(),
                sums.lost(), sums.doubled(), sums.unacknowledged()));
    }
}
