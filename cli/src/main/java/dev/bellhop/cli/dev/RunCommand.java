package dev.bellhop.cli.dev;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cli.cluster.DevState;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.dev.Configuration.Change;
import dev.bellhop.cli.run.ListenerOptions;
import dev.bellhop.cli.run.ServerProcess;
import dev.bellhop.controller.Controller;
import dev.bellhop.controller.ControllerSettings;
import dev.bellhop.listener.Listener;
import dev.bellhop.listener.ListenerSettings;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellhop run`: listener and controller in one process, on the objects of files, without a cluster.
@Command(name = "run", mixinStandardHelpOptions = true, defaultValueProvider = EnvironmentDefaults.class, description = "Runs the EventSources, EventListeners and Triggers of files in one process, without a cluster.", footer = {
        "", "Every option may also be an environment variable: CONFIG for --config, QUEUE_SIZE for --queue-size. The"
                + " command line wins over the environment.",
        "",
        "Exit code: 0 when it was told to stop, 2 when options or files cannot be used."})
public final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK_AT_FILES_EVERY = Duration.ofMillis(500);
    private static final ObjectName LEASE = new ObjectName(Installation.NAMESPACE, "bellhop-listener");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = {"-c",
            "--config"}, paramLabel = "FILE|DIR", description = "The objects, in YAML or JSON: a file, or a folder, of which the files directly in it count. What changes is taken over while it runs.")
    private @Nullable Path config;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "For events that are posted; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--admin-port", paramLabel = "PORT", defaultValue = "9000", description = "For metrics and deliveries; 0 takes a free one (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--data-dir", paramLabel = "DIR", description = "For the journal: what was accepted, and what sources remember, is there after a restart (default: a new temporary one, removed at the end).")
    private @Nullable Path dataDir;

    @Mixin
    private WorkerOptions workers = new WorkerOptions();

    @Mixin
    private ListenerOptions options = new ListenerOptions();

    private final OwnProcess process = new OwnProcess(
            complaint -> spec.commandLine().getErr().println("bellhop run: " + complaint));

    @Override
    public Integer call() throws InterruptedException {
        new EnvironmentDefaults().applyInherited(spec);
        var place = place();
        try {
            var data = dataDir == null
                    ? process.temporaryFolder()
                    : Files.createDirectories(dataDir).toAbsolutePath();
            var settings = options.settings(port, adminPort, data.resolve("journal"), "run").alone();
            var defaults = workers.defaults(settings.workers());
            var problems = check(place);
            if (problems.isEmpty()) {
                problems = start(place, data, settings, defaults);
            }
            if (!problems.isEmpty()) {
                process.close();
                tell(problems);
                return ExitCode.USAGE;
            }
        } catch (IOException | RuntimeException e) {
            process.close();
            if (e instanceof CommandFailure || e instanceof ParameterException) {
                throw (RuntimeException) e;
            }
            throw new CommandFailure("bellhop run did not start: " + e.getMessage(), e);
        }
        return ServerProcess.awaitStop();
    }

    private Path place() {
        if (config == null) {
            throw new ParameterException(spec.commandLine(),
                    "no configuration: name a file or folder with --config, or in the environment variable CONFIG");
        }
        if (!Files.exists(config)) {
            throw new ParameterException(spec.commandLine(), "--config=" + config + " does not exist");
        }
        return config;
    }

    private List<String> check(Path place) throws IOException {
        var err = spec.commandLine().getErr();
        workers.withoutEffect().forEach(option -> err.println("warning: " + option + " has no effect"));
        Configuration.filesOf(place).skipped().forEach(
                file -> err.println("warning: " + file + " is left out: it does not end in .yaml, .yml or .json"));
        err.flush();
        return Configuration.problems(place);
    }

    private List<String> start(Path place, Path data, ListenerSettings settings, WorkerDefaults defaults)
            throws IOException {
        var cluster = process.opened(DevCluster.ofFiles(data));
        var admin = process.opened(new KubernetesClientBuilder().withConfig(cluster.config()).build());
        var installation = new Installation(admin);
        installation.apply();
        var configuration = new Configuration(place, defaults, admin);
        var problems = configuration.applyChanged().map(Change::problems).orElse(List.of());
        if (!problems.isEmpty()) {
            return problems;
        }
        var listener = process.opened(new Listener(process.opened(installation.as("bellhop-listener")),
                settings.only().isPresent() ? settings : settings.withSources(LEASE), Clock.systemUTC()));
        listener.start();
        var url = "http://localhost:" + listener.port();
        var asController = process.opened(installation.as("bellhop-controller"));
        var controller = process.opened(new Controller(asController,
                new ControllerSettings(url, Installation.NAMESPACE, "run-" + UUID.randomUUID()),
                KnownSources.of(asController), new SimpleMeterRegistry(), Clock.systemUTC()));
        // Statuses follow when it has read everything.
        var _ = controller.start();
        serve(new DevState(ProcessHandle.current().pid(), cluster.kubeconfig(), url,
                "http://localhost:" + listener.adminPort(), data, Instant.now()));
        Thread.ofVirtual().name("files").start(() -> follow(configuration));
        return List.of();
    }

    private void serve(DevState state) {
        var file = DevState.file(Map.copyOf(System.getenv()));
        state.write(file);
        process.opened(() -> state.remove(file));
        ServerProcess.closeWhenStopped(process);
        say("Bellhop runs " + config + ": events at " + state.eventUrl() + ", metrics and deliveries at "
                + state.adminUrl() + ". ./bellhop get bellhop -A shows how it fares; Ctrl-C stops.");
    }

    private void follow(Configuration configuration) {
        while (true) {
            try {
                Thread.sleep(LOOK_AT_FILES_EVERY);
                configuration.applyChanged().ifPresent(this::tell);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (IOException | RuntimeException e) {
                tell(List.of("the configuration could not be looked at: " + e.getMessage()));
            }
        }
    }

    private void tell(Change change) {
        if (change.problems().isEmpty()) {
            say("configuration changed: " + change.applied() + " objects applied"
                    + (change.removed().isEmpty() ? "" : ", deleted " + String.join(", ", change.removed())));
        } else {
            tell(change.problems());
            if (change.applied() == 0) {
                tell(List.of("the change was not applied: everything runs on as before it"));
            }
        }
    }

    private void tell(List<String> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(problem -> err.println("problem: " + problem));
        err.flush();
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
