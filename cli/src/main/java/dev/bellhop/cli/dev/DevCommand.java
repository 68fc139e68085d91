package dev.bellhop.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.Trigger;
import dev.bellhop.cli.cluster.DevState;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.run.ListenerOptions;
import dev.bellhop.cli.run.ServerProcess;
import dev.bellhop.controller.Controller;
import dev.bellhop.controller.ControllerSettings;
import dev.bellhop.listener.Listener;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bellhop dev`: a cluster, a controller and a listener in one process, with the objects of a folder applied to it. Listener
/// and controller have the rights that `config/rbac` ships, and no others.
@Command(name = "dev", description = "Runs everything in one process and applies a folder, to try Triggers out.", mixinStandardHelpOptions = true)
public final class DevCommand implements Callable<Integer> {
    private static final Duration READY_WAIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration LOOK_AT_FILES_EVERY = Duration.ofMillis(500);
    private static final String PROGRAM = "./bellhop";

    /// How the line for programs looks.
    enum Output {
        text, json
    }

    @Parameters(arity = "0..1", paramLabel = "DIR", defaultValue = "examples/quickstart", description = "The folder with your YAML files (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("examples/quickstart");

    @Option(names = "--cluster", paramLabel = "KIND", defaultValue = "embedded", description = "Where: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). envtest takes kube-apiserver and etcd from KUBEBUILDER_ASSETS, k3s needs Docker.")
    private DevCluster.Kind cluster = DevCluster.Kind.embedded;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "For --cluster kubeconfig (default: KUBECONFIG, ~/.kube/config).")
    private @Nullable Path kubeconfig;

    @Option(names = "--write-kubeconfig", paramLabel = "FILE", description = "Where to write the cluster's kubeconfig (default: in the data directory).")
    private @Nullable Path writeKubeconfig;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "For events; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--admin-port", paramLabel = "PORT", defaultValue = "9000", description = "For metrics and deliveries; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--api-port", paramLabel = "PORT", defaultValue = "0", description = "For the API server, where dev starts one; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int apiPort;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "For the journal and envtest's data (default: a new temporary one, removed at the end).")
    private @Nullable Path dataDir;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "text", description = "${COMPLETION-CANDIDATES}: with json, standard output gets one line when everything is ready (default: ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Mixin
    private ListenerOptions options = new ListenerOptions();

    private final OwnProcess process = new OwnProcess(
            complaint -> System.err.println("bellhop dev: " + complaint));

    @Override
    public Integer call() throws InterruptedException {
        quiet();
        var startedAt = Instant.now();
        var console = new Console(System.out, System.err, output == Output.json);
        try {
            start(console, startedAt);
        } catch (IOException | RuntimeException e) {
            process.close();
            if (e instanceof CommandFailure failure) {
                throw failure;
            }
            throw new CommandFailure("bellhop dev did not start: " + e.getMessage(), e);
        }
        return ServerProcess.awaitStop();
    }

    private void start(Console console, Instant startedAt) throws IOException, InterruptedException {
        var data = dataDir();
        var settings = options.settings(port, adminPort, data.resolve("journal"), "dev");
        var open = process.opened(DevCluster.open(cluster, kubeconfig, data, apiPort, writeKubeconfig));
        var admin = process.opened(new KubernetesClientBuilder().withConfig(open.config()).build());
        var manifests = new Manifests(admin, folder);
        var installation = new Installation(admin);
        installation.apply();
        var applied = CompletableFuture.supplyAsync(() -> apply(manifests), Thread::startVirtualThread);

        var listener = process.opened(new Listener(process.opened(installation.as("bellhop-listener")),
                settings.withSources(new ObjectName(Installation.NAMESPACE, "bellhop-listener")), Clock.systemUTC()));
        listener.watch(console::happened);
        listener.start();
        var url = "http://localhost:" + listener.port();
        var asController = process.opened(installation.as("bellhop-controller"));
        var controller = process.opened(new Controller(asController,
                new ControllerSettings(url, Installation.NAMESPACE, "dev-" + UUID.randomUUID()),
                KnownSources.of(asController), new SimpleMeterRegistry(), Clock.systemUTC()));
        // Whether it has read everything shows in the Triggers, which are waited for.
        var _ = controller.start();

        console.problems(applied.join().problems());
        var triggers = awaitTriggers(admin, applied.join());
        var state = new DevState(ProcessHandle.current().pid(), open.kubeconfig(), url,
                "http://localhost:" + listener.adminPort(), data, Instant.now());
        var stateFile = DevState.file(Map.copyOf(System.getenv()));
        state.write(stateFile);
        process.opened(() -> state.remove(stateFile));
        ServerProcess.closeWhenStopped(process);
        open.leaveToOwner();
        console.ready(open, triggers, listener.port(), listener.adminPort(), folder,
                Duration.between(startedAt, Instant.now()));
        Thread.ofVirtual().name("files").start(() -> follow(manifests, console));
    }

    /// Each event has its line from the console already; a logged line for each would say it twice.
    private static void quiet() {
        if (LoggerFactory.getLogger("dev.bellhop") instanceof Logger logger
                && logger.getEffectiveLevel() == Level.INFO) {
            logger.setLevel(Level.ERROR);
        }
    }

    private Path dataDir() throws IOException {
        return dataDir == null ? process.temporaryFolder() : Files.createDirectories(dataDir).toAbsolutePath();
    }

    private static ObjectApplier.Applied apply(Manifests manifests) {
        try {
            return manifests.applyChanged();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /// Waits until the Triggers that were applied are Ready, or long enough to tell why one is not.
    private static List<TriggerLines> awaitTriggers(KubernetesClient admin, ObjectApplier.Applied applied)
            throws InterruptedException {
        var wanted = applied.objects().stream().filter(object -> object.getKind().equals("Trigger"))
                .map(ObjectApplier::name).toList();
        var deadline = Instant.now().plus(READY_WAIT);
        while (true) {
            var triggers = admin.resources(Trigger.class).inAnyNamespace().list().getItems().stream()
                    .filter(trigger -> wanted.contains(ObjectApplier.name(trigger)))
                    .map(trigger -> TriggerLines.of(trigger, PROGRAM)).toList();
            if ((triggers.size() == wanted.size() && triggers.stream().allMatch(TriggerLines::ready))
                    || Instant.now().isAfter(deadline)) {
                return triggers;
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static void follow(Manifests manifests, Console console) {
        while (true) {
            try {
                Thread.sleep(LOOK_AT_FILES_EVERY);
                var applied = manifests.applyChanged();
                applied.objects().forEach(object -> console.say("applied " + ObjectApplier.name(object)));
                console.problems(applied.problems());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException e) {
                console.problems(List.of("the files could not be looked at: " + e.getMessage()));
            }
        }
    }
}
