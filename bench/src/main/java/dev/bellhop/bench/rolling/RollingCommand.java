package dev.bellhop.bench.rolling;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import dev.bellhop.bench.failover.PostgresNode;
import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run rolling`: an update of all listeners must cost no event and no sender an error, save 503 with `Retry-After`.
@Command(name = "rolling", description = "Replaces three listeners on a PostgreSQL one by one under load, as Kubernetes does with config/postgres, and counts every answer.", mixinStandardHelpOptions = true)
public final class RollingCommand implements Callable<Integer> {
    /// As in `config/postgres`: `replicas` and `--stop-delay`.
    private static final int REPLICAS = 3;
    private static final Duration STOP_DELAY = Duration.ofSeconds(10);
    private static final Duration IDLE_WAIT = Duration.ofMinutes(10);

    @Option(names = "--rounds", defaultValue = "3", description = "How often all three are replaced (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--no-delay", description = "Without --stop-delay: a listener stops to accept at SIGTERM, while senders still come. They may be refused, but nothing that was acknowledged may be lost.")
    private boolean noDelay;

    @Option(names = "--senders", defaultValue = "12", description = "That send at the same time; every other one keeps its connection (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--pause", defaultValue = "100", description = "Milliseconds between two pushes of a sender (default: ${DEFAULT-VALUE}).")
    private int pause;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var delay = noDelay ? Duration.ZERO : STOP_DELAY;
        try (var stage = Stage.open(cluster); var database = new PostgresNode()) {
            database.startEmpty();
            System.out.println("On " + stage.remark() + ": " + rounds + " rounds of " + REPLICAS + ", --stop-delay="
                    + delay + ", " + senders + " senders");
            try (var endpoints = new Endpoints();
                    var rollout = new Rollout(stage, "jdbc:postgresql://127.0.0.1:" + database.port() + "/journal",
                            delay, endpoints)) {
                for (int i = 0; i < REPLICAS; i++) {
                    rollout.begin();
                }
                return update(stage, endpoints, rollout) ? 0 : 1;
            }
        }
    }

    private boolean update(Stage stage, Endpoints endpoints, Rollout rollout) throws IOException, InterruptedException {
        var callers = new Callers(stage.source(""), endpoints, senders, Duration.ofMillis(pause));
        var ended = new ArrayList<Rollout.Ended>();
        for (int i = 1; i <= rounds * REPLICAS; i++) {
            var before = Tally.of(callers.soFar());
            var one = rollout.replaceOldest();
            ended.add(one);
            System.out.println(String.format(Locale.ROOT,
                    "replacement %d: ready after %d ms; exit code %d, %d ms after SIGTERM; handed back %d; meanwhile %s",
                    i, one.untilReady().toMillis(), one.exit(), one.drain().toMillis(), one.handedBack(),
                    Tally.of(callers.soFar()).minus(before).text()));
        }
        var seen = callers.stop();
        rollout.awaitIdle(IDLE_WAIT);
        return tell(seen, ended, stage);
    }

    private boolean tell(Callers.Seen seen, List<Rollout.Ended> ended, Stage stage) {
        var word = seen.ledger().compare(stage.created(Stage.CREATED_NAMESPACE));
        var tally = Tally.of(seen);
        System.out.println(String.format(Locale.ROOT, """

                sent %d: %s
                created %d, lost %d, doubled %d, created but not acknowledged %d
                exit codes %s, longest time from SIGTERM to the end %d ms, deliveries handed back %d""",
                word.sent(), tally.text(), word.created(), word.lost(), word.doubled(), word.unacknowledged(),
                ended.stream().map(Rollout.Ended::exit).distinct().sorted().toList(),
                ended.stream().mapToLong(one -> one.drain().toMillis()).max().orElse(0),
                ended.stream().mapToInt(Rollout.Ended::handedBack).sum()));
        seen.unreached().values().stream().distinct().forEach(why -> System.out.println("not reached: " + why));
        seen.brokenOff().values().stream().distinct().forEach(why -> System.out.println("broken off: " + why));
        boolean everyoneAnswered = tally.unreached() == 0 && tally.brokenOff() == 0;
        boolean kept = word.keptWord() && tally.other() == 0 && ended.stream().allMatch(one -> one.exit() == 0)
                && (noDelay || everyoneAnswered);
        System.out.println(!kept
                ? "THE LISTENERS BROKE THEIR WORD."
                : noDelay
                        ? "Everything acknowledged exists exactly once."
                        : "Everything acknowledged exists exactly once, and nobody saw an error but 503 with Retry-After.");
        return kept;
    }
}
