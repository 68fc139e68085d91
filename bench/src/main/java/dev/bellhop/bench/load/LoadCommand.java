package dev.bellhop.bench.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.bench.load.Meter.Done;
import dev.bellhop.bench.load.Report.Rounds;
import dev.bellhop.bench.stage.ListenerProcess;
import dev.bellhop.bench.stage.ProcessUsage;
import dev.bellhop.bench.stage.Push;
import dev.bellhop.bench.stage.Stage;
import dev.bellhop.listener.ListenerSettings;
import io.fabric8.kubernetes.client.utils.Serialization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench/run load`: all that is compared is measured in turn, round for round, and told as medians, since what else runs on the
/// machine changes by the minute.
@Command(name = "load", description = "How fast the listener is, next to a bare server and bare creates.", mixinStandardHelpOptions = true)
public final class LoadCommand implements Callable<Integer> {
    /// So many different pushes that no cache sees the same one soon.
    private static final int PUSHES = 1_000;
    private static final int WARM_UP_CREATES = 2_000;
    /// Seconds: what is accepted in them takes several times as long to create.
    private static final int MOST_WARM_UP_CREATED = 5;
    private static final Duration DRAIN_WAIT = Duration.ofMinutes(5);
    private static final Duration IDLE_FOR = Duration.ofSeconds(10);

    @Option(names = "--seconds", defaultValue = "10", description = "How long each round of (a) and (b) sends; (c) sends for a third of it (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--connections", defaultValue = "64", description = "On how many connections (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(names = "--rounds", defaultValue = "3", description = "Of which the medians are told (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--warm-up", defaultValue = "8", description = "Seconds of (a) and (b) that are not measured, for the JVM to compile (default: ${DEFAULT-VALUE}).")
    private int warmUp;

    @Option(names = "--starts", defaultValue = "5", description = "Starts of the listener whose median is told (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(names = "--cluster", defaultValue = "any", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Stage.Cluster cluster = Stage.Cluster.any;

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (var stage = Stage.open(cluster)) {
            System.out.println(
                    "On " + stage.remark() + ", " + Runtime.getRuntime().availableProcessors() + " CPUs; load: "
                            + Files.readString(Path.of("/proc/loadavg")).strip());
            var ready = medianStart(stage);
            try (var listener = stage.listener("journal")) {
                listener.awaitReady();
                Thread.sleep(IDLE_FOR);
                long idle = ProcessUsage.resident(listener.pid());
                measure(stage, listener, ready, idle);
            }
        }
        return 0;
    }

    private Duration medianStart(Stage stage) throws IOException, InterruptedException {
        var all = new ArrayList<Duration>();
        for (int i = 0; i < starts; i++) {
            try (var listener = stage.listener("starts")) {
                all.add(listener.awaitReady());
                listener.kill();
            }
        }
        System.out.println("start to ready, ms: " + all.stream().map(Duration::toMillis).toList());
        return all.stream().sorted().skip((starts - 1) / 2).findFirst().orElseThrow();
    }

    private void measure(Stage stage, ListenerProcess listener, Duration ready, long idle)
            throws IOException, InterruptedException {
        var pushes = stage.file("pushes");
        Push.write(stage.source(""), pushes, PUSHES);
        var java = listener.java();
        System.out.println("JVM: " + String.join(" ", java)
                + (listener.hasClassCache() ? ", the listener with its cache of classes" : ""));
        var client = LoadClient.atHand(connections, stage.source("bench/src/main/wrk/push.lua"), pushes, java);
        System.out.println("Sending with " + client.name() + " on " + connections + " connections, bodies of "
                + Push.SIZE + " bytes");
        try (var bare = BareProcess.start(java, Stage.freePort())) {
            client.send(bare.url(), warmUp);
            client.send(listener.url(Stage.FILTERED), warmUp);
            client.send(listener.url(Stage.CREATED), Math.min(warmUp, MOST_WARM_UP_CREATED));
            listener.awaitIdle(DRAIN_WAIT);
            var example = (ObjectNode) new JsonMapper()
                    .readTree(Serialization.asJson(stage.configMaps(Stage.CREATED_NAMESPACE).getFirst()));
            try (var raw = new RawCreates(stage.admin().getConfiguration(), withoutServersFields(example),
                    Stage.RAW_NAMESPACE, ListenerSettings.DEFAULT_WORKERS)) {
                raw.create(WARM_UP_CREATES);
                var measured = new Rounds(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(),
                        new ArrayList<>());
                for (int round = 1; round <= rounds; round++) {
                    measured.bare()
                            .add(Meter.measure(bare.process().pid(), () -> answers(client.send(bare.url(), seconds))));
                    measured.filtered().add(Meter.measure(listener.pid(), () -> filtered(client, listener)));
                    create(stage, client, listener, raw, measured);
                    System.out.println("round " + round + " of " + rounds + ": " + brief(measured));
                }
                var report = new Report(System.out);
                report.tell(measured);
                report.bars(measured, idle, ready);
            }
        }
    }

    private static Done answers(LoadClient.Seen seen) throws IOException {
        if (seen.refused() + seen.failed() > 0) {
            throw new IOException("not all pushes were answered well: " + seen);
        }
        return new Done(seen.answered(), seen.took(), Optional.of(new Measured.Latency(seen.p50(), seen.p99())));
    }

    /// Holds the listener to it that the filter saw every push: an answer that costs nothing would measure nothing.
    private Done filtered(LoadClient client, ListenerProcess listener) throws IOException, InterruptedException {
        long before = listener.metric("bellhop_outcomes_total", "outcome=\"Filtered\"");
        var done = answers(client.send(listener.url(Stage.FILTERED), seconds));
        long filtered = listener.metric("bellhop_outcomes_total", "outcome=\"Filtered\"") - before;
        if (filtered < done.events()) {
            throw new IOException("of " + done.events() + " pushes only " + filtered + " came to the filter");
        }
        return done;
    }

    private void create(Stage stage, LoadClient client, ListenerProcess listener, RawCreates raw, Rounds measured)
            throws IOException, InterruptedException {
        int before = stage.configMaps(Stage.CREATED_NAMESPACE).size();
        var accepted = new ArrayList<Measured>();
        long startedAt = System.nanoTime();
        var all = Meter.measure(listener.pid(), () -> {
            accepted.add(Meter.measure(listener.pid(),
                    () -> answers(client.send(listener.url(Stage.CREATED), Math.max(2, seconds / 3)))));
            listener.awaitIdle(DRAIN_WAIT);
            return new Done(accepted.getFirst().events(), Duration.ofNanos(System.nanoTime() - startedAt),
                    Optional.empty());
        });
        int created = stage.configMaps(Stage.CREATED_NAMESPACE).size() - before;
        if (created < all.events()) {
            throw new IOException("of " + all.events() + " accepted pushes only " + created + " became ConfigMaps");
        }
        measured.accepted().addAll(accepted);
        // The load client does not wait for its last answers, but they are created as well.
        measured.created().add(new Measured(created, all.took(), all.latency(), all.cpu(), all.memory(), all.others()));
        measured.raw().add(Meter.measure(ProcessHandle.current().pid(),
                () -> new Done(created, raw.create(created), Optional.empty())));
    }

    private static ObjectNode withoutServersFields(ObjectNode object) {
        object.withObject("metadata").retain(List.of("name", "namespace", "labels"));
        return object;
    }

    private static String brief(Rounds measured) {
        return "%.0f bare, %.0f filtered, %.0f accepted, %.0f created, %.0f raw creates a second".formatted(
                measured.bare().getLast().perSecond(), measured.filtered().getLast().perSecond(),
                measured.accepted().getLast().perSecond(),
                measured.created().getLast().perSecond(), measured.raw().getLast().perSecond());
    }
}
