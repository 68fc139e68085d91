package dev.bellhop.bench.outage;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

import dev.bellhop.apiserver.EnvtestApiServer;
import dev.bellhop.bench.outage.Seconds.Second;
import dev.bellhop.bench.send.Ledger;
import dev.bellhop.bench.send.Stream;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/// `bench/run outage`: what is accepted while the API server is away is created once when it is back, and nobody storms it.
@Command(name = "outage", description = "Takes the API server away under load; counts who knocks, and compares what was acknowledged with what exists.", mixinStandardHelpOptions = true)
public final class OutageCommand implements Callable<Integer> {
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);
    /// What runs when it happens fails together: that is no storm.
    private static final int FIRST_SECONDS = 3;
    private static final int LINES_EVERY = 5;
    /// The informers of six kinds, the probe of the breaker and the rest that belong to a listener, not to its events: beyond
    /// it, retries are a load of their own.
    private static final double KNOCKS_A_SECOND = 10;

    @Option(names = "--events", defaultValue = "20000", description = "Sent in all, at a steady rate (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(names = "--seconds", defaultValue = "120", description = "How long it is away (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--around", defaultValue = "10", description = "Seconds of sending before, and after (default: ${DEFAULT-VALUE}).")
    private int around;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (EnvtestApiServer.assets().isEmpty()) {
            System.err
                    .println("outage needs a kube-apiserver and etcd that keep their objects while the former is away:"
                            + " set KUBEBUILDER_ASSETS to the folder that holds them");
            return ExitCode.USAGE;
        }
        try (var stage = Stage.open(Stage.Cluster.envtest)) {
            System.out.println("On " + stage.remark() + ": " + events + " events, away for " + seconds + " s");
            return run(stage, stage.realServer().orElseThrow()) ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }

    private boolean run(Stage stage, EnvtestApiServer server) throws IOException, InterruptedException {
        var knocks = new AtomicLong();
        try (var listener = stage.listener("journal")) {
            listener.awaitReady();
            var stream = new Stream(stage.source(""), listener.url(Stage.CREATED), "outage-",
                    (double) events / (seconds + 2 * around), events);
            Seconds watch = new Seconds(listener, stream, knocks);
            Ledger ledger;
            long backAt;
            try (watch) {
                Thread.sleep(Duration.ofSeconds(around));
                server.killServer();
                watch.away(true);
                try (var _ = new Knocks(server.url().getPort(), knocks)) {
                    Thread.sleep(Duration.ofSeconds(seconds));
                }
                server.startServer();
                watch.away(false);
                backAt = System.nanoTime();
                ledger = stream.await();
                listener.awaitIdle(DRAIN_WAIT);
            }
            var caughtUp = Duration.ofNanos(System.nanoTime() - backAt);
            watch.tell(System.out, LINES_EVERY);
            return tell(ledger.compare(stage.created(Stage.CREATED_NAMESPACE)), ledger, stream, watch, caughtUp);
        }
    }

    private static boolean tell(Ledger.Sums sums, Ledger ledger, Stream stream, Seconds watch, Duration caughtUp) {
        var away = watch.whileAway();
        var steady = away.stream().skip(FIRST_SECONDS).toList();
        double mean = steady.stream().mapToLong(Second::knocks).average().orElse(0);
        System.out.printf(Locale.ROOT,
                """

                        sent %d, acknowledged %d, refused %s, unanswered %d; p50 %.1f ms, p99 %.1f ms to the acknowledgement
                        created %d, lost %d, doubled %d, created without acknowledgement %d
                        while away (%d s): connections %.1f/s, at most %d in a second; failed tries %.1f/s, at most %d in a second
                        after the first %d s of it: connections %.1f/s (bar: at most %.0f/s), failed tries %.1f/s
                        back again: failed tries %d in all, most created in a second %d, all done %.1f s after it was ready
                        """,
                sums.sent(), sums.acknowledged(), ledger.refusals(), ledger.unanswered(),
                stream.acknowledgements().millis(50), stream.acknowledgements().millis(99), sums.created(),
                sums.lost(), sums.doubled(), sums.unacknowledged(), away.size(), mean(away, Second::knocks),
                most(away, Second::knocks), mean(away, Second::failed), most(away, Second::failed), FIRST_SECONDS,
                mean, KNOCKS_A_SECOND, mean(steady, Second::failed),
                watch.afterwards().stream().mapToLong(Second::failed).sum(), most(watch.afterwards(), Second::created),
                caughtUp.toMillis() / 1e3);
        boolean all = sums.acknowledged() == sums.sent();
        boolean calm = mean <= KNOCKS_A_SECOND;
        System.out.println(sums.keptWord() && all && calm
                ? "Everything was accepted and exists exactly once, and the API server was left in peace."
                : "THE LISTENER BROKE ITS WORD" + (all ? "" : ": not all were accepted")
                        + (calm ? "" : ": it storms an API server that is away"));
        return sums.keptWord() && all && calm;
    }

    private static double mean(List<Second> some, ToLongFunction<Second> value) {
        return some.stream().mapToLong(value).average().orElse(0);
    }

    private static long most(List<Second> some, ToLongFunction<Second> value) {
        return some.stream().mapToLong(value).max().orElse(0);
    }
}
