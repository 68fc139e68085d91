package dev.bellhop.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;

import dev.bellhop.api.ObjectName;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.listener.Listener;
import dev.bellhop.listener.ListenerSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellhop listener`: receives events for a cluster's Triggers.
@Command(name = "listener", description = "Receives events and creates what Triggers ask for.", mixinStandardHelpOptions = true)
public final class ListenerCommand implements Callable<Integer> {
    private static final Duration LONGEST_STOP_DELAY = Duration.ofHours(1);

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "For events (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--admin-port", paramLabel = "PORT", defaultValue = "9000", description = "For metrics and the deliveries API (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = "/data", description = "Where the journal of accepted events lies; it must outlive the process (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("/data");

    @Option(names = "--stop-delay", paramLabel = "DURATION", defaultValue = "PT0S", description = "How long events are still accepted after SIGTERM, while /ready says no and connections are given up, so that nobody is refused who does not know yet, in ISO 8601 (default: ${DEFAULT-VALUE}).")
    private Duration stopDelay = Duration.ZERO;

    @Option(names = "--lease-namespace", paramLabel = "NAMESPACE", description = "Where the Lease is whose holder, of several listeners, runs EventSources (default: the namespace of this Pod, else bellhop-system).")
    private @Nullable String leaseNamespace;

    @Option(names = "--listener-url", paramLabel = "URL", description = "Where plug-ins of EventSources inside the cluster reach the event port (default: http://bellhop-listener.NAMESPACE.svc, with the namespace of this Pod, else bellhop-system).")
    private @Nullable String listenerUrl;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ListenerOptions options = new ListenerOptions();

    @Mixin
    private KubeconfigOption cluster = new KubeconfigOption();

    @Override
    public Integer call() throws InterruptedException {
        if (stopDelay.isNegative() || stopDelay.compareTo(LONGEST_STOP_DELAY) > 0) {
            throw new ParameterException(spec.commandLine(), "--stop-delay=" + stopDelay
                    + " must be from PT0S to " + LONGEST_STOP_DELAY);
        }
        if (listenerUrl != null && !listenerUrl.matches("https?://[^/?#]+(/[^?#]*)?")) {
            throw new ParameterException(spec.commandLine(), "--listener-url=" + listenerUrl
                    + " must be http:// or https:// and a host, such as http://bellhop-listener.bellhop-system.svc");
        }
        var settings = options.settings(port, adminPort, dataDir, Instance.name());
        var client = cluster.connect();
        try {
            var listener = new Listener(client, withSources(settings), Clock.systemUTC());
            listener.start();
            return ServerProcess.serve(() -> {
                if (stopDelay.isPositive()) {
                    listener.leave(stopDelay);
                }
                listener.close();
                client.close();
            });
        } catch (IOException e) {
            throw new CommandFailure("the listener did not start: " + e.getMessage(), e);
        }
    }

    /// One that serves a single EventListener serves nothing else.
    private ListenerSettings withSources(ListenerSettings settings) {
        return settings.only().isPresent()
                ? settings
                : settings.withSources(new ObjectName(PodNamespace.or(leaseNamespace), "bellhop-listener"))
                        .reachedAt(Objects.requireNonNullElseGet(listenerUrl,
                                () -> "http://bellhop-listener." + PodNamespace.or(null) + ".svc"));
    }
}
