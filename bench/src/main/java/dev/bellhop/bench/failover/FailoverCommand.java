package dev.bellhop.bench.failover;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import dev.bellhop.bench.stage.Stage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run failover`: what two listeners acknowledged must exist exactly once, whichever part of the pair is killed.
@Command(name = "failover", description = "Two listeners on a PostgreSQL with a synchronous standby: kills the primary or a listener under load, and compares what was acknowledged with what exists.", mixinStandardHelpOptions = true)
public final class FailoverCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(10);
    /// Acknowledged before and after each blow.
    private static final int WARM = 100;

    /// What is killed.
    enum Target {
        /// The database's primary; its standby is promoted.
        primary,
        /// One of the listeners; it is started again.
        listener
    }

    @Option(names = "--rounds", defaultValue = "10", description = "How often (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--target", defaultValue = "primary", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Target target = Target.primary;

    @Option(names = "--senders", defaultValue = "8", description = "That send at the same time (default: ${DEFAULT-VALUE}).")
    private int senders;

    @Option(names = "--pause", defaultValue = "40", description = "Milliseconds between two pushes of a sender (default: ${DEFAULT-VALUE}).")
    private int pause;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster); var one = new PostgresNode(); var other = new PostgresNode()) {
            one.startEmpty();
            other.follow(one);
            System.out.println("On " + stage.remark() + ": " + rounds + " rounds, the " + target + " is killed");
            return run(stage, new ArrayList<>(List.of(one, other))) ? 0 : 1;
        }
    }

    /// `nodes` are the primary and its standby.
    private boolean run(Stage stage, List<PostgresNode> nodes) throws IOException, InterruptedException {
        var url = nodes.stream().map(node -> "127.0.0.1:" + node.port())
                .collect(Collectors.joining(",", "jdbc:postgresql://", "/journal"));
        try (var listeners = new Listeners(stage, url, 2)) {
            var crowd = new Crowd(stage.source(""), listeners.urls(), senders, Duration.ofMillis(pause));
            var gaps = new ArrayList<Duration>();
            for (int round = 1; round <= rounds; round++) {
                gaps.add(round(round, crowd, nodes, listeners));
            }
            crowd.stop();
            System.out.println("finishing " + listeners.unfinished() + " deliveries");
            listeners.awaitIdle(DRAIN_WAIT);
            return tell(crowd, gaps, existing(stage));
        }
    }

    private Duration round(int round, Crowd crowd, List<PostgresNode> nodes, Listeners listeners)
            throws IOException, InterruptedException {
        crowd.awaitAcknowledged(WARM, PATIENCE);
        Thread.sleep(ThreadLocalRandom.current().nextLong(1, 1_000));
        crowd.takeLongestGap();
        int refused = crowd.refused();
        int unanswered = crowd.unanswered();
        long killedAt = System.nanoTime();
        switch (target) {
            case primary -> {
                nodes.getFirst().kill();
                nodes.getLast().promote();
            }
            case listener -> listeners.restart(round % 2);
        }
        var took = Duration.ofNanos(System.nanoTime() - killedAt);
        crowd.awaitAcknowledged(WARM, PATIENCE);
        var gap = crowd.takeLongestGap();
        System.out.println(String.format(Locale.ROOT,
                "round %d: %s after %d ms; longest time without a 202: %d ms; refused %d, unanswered %d", round,
                target == Target.primary ? "standby promoted" : "listener ready again", took.toMillis(),
                gap.toMillis(), crowd.refused() - refused, crowd.unanswered() - unanswered));
        if (target == Target.primary) {
            nodes.getFirst().follow(nodes.getLast());
            nodes.addFirst(nodes.removeLast());
        }
        return gap;
    }

    /// How many ConfigMaps there are of each ID.
    private static Map<String, Long> existing(Stage stage) {
        return stage.configMaps(Stage.CREATED_NAMESPACE).stream()
                .filter(map -> map.getData() != null && map.getData().containsKey("id"))
                .collect(Collectors.groupingBy(map -> map.getData().get("id"), Collectors.counting()));
    }

    private static boolean tell(Crowd crowd, List<Duration> gaps, Map<String, Long> existing) {
        long lost = crowd.acknowledged().stream().filter(id -> !existing.containsKey(id)).count();
        long doubled = existing.values().stream().filter(count -> count > 1).count();
        var sorted = gaps.stream().sorted().toList();
        System.out.println(String.format(Locale.ROOT, """

                acknowledged %d, refused %d, unanswered %d, created %d
                lost %d, doubled %d; time without a 202: median %d ms, longest %d ms""",
                crowd.acknowledged().size(), crowd.refused(), crowd.unanswered(), existing.size(), lost, doubled,
                sorted.get(sorted.size() / 2).toMillis(), sorted.getLast().toMillis()));
        boolean kept = lost == 0 && doubled == 0;
        System.out.println(
                kept ? "Everything acknowledged exists exactly once." : "THE LISTENERS BROKE THEIR WORD.");
        return kept;
    }
}
