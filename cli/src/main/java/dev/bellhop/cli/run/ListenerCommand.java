package dev.bellhop.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.listener.Listener;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bellhop listener`: receives events for a cluster's Triggers.
@Command(name = "listener", description = "Receives events and creates what Triggers ask for.", mixinStandardHelpOptions = true)
public final class ListenerCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "For events (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--admin-port", paramLabel = "PORT", defaultValue = "9000", description = "For metrics and the deliveries API (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--data-dir", paramLabel = "DIR", defaultValue = "/data", description = "Where the journal of accepted events lies; it must outlive the process (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of("/data");

    @Mixin
    private ListenerOptions options = new ListenerOptions();

    @Mixin
    private KubeconfigOption cluster = new KubeconfigOption();

    @Override
    public Integer call() throws InterruptedException {
        var settings = options.settings(port, adminPort, dataDir, Instance.name());
        var client = cluster.connect();
        try {
            var listener = new Listener(client, settings, Clock.systemUTC());
            listener.start();
            return ServerProcess.serve(() -> {
                listener.close();
                client.close();
            });
        } catch (IOException e) {
            throw new CommandFailure("the listener did not start: " + e.getMessage(), e);
        }
    }
}
