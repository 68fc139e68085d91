package dev.bellhop.cli.run;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;

import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.controller.Controller;
import dev.bellhop.controller.ControllerSettings;
import dev.bellhop.controller.admin.AdminServer;
import dev.bellhop.listener.source.KnownSources;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bellhop controller`: keeps the statuses of a cluster's Triggers and EventListeners true.
@Command(name = "controller", description = "Writes every Trigger's URL and whether it is Ready.", mixinStandardHelpOptions = true)
public final class ControllerCommand implements Callable<Integer> {
    @Option(names = "--listener-url", paramLabel = "URL", required = true, description = "Where senders inside the cluster reach the shared listener, such as http://bellhop-listener.bellhop-system.svc.cluster.local.")
    private String listenerUrl = "";

    @Option(names = "--admin-port", paramLabel = "PORT", defaultValue = "9000", description = "For probes and metrics (default: ${DEFAULT-VALUE}).")
    private int adminPort;

    @Option(names = "--lease-namespace", paramLabel = "NAMESPACE", description = "Where the Lease is that controllers contend for (default: the namespace of this Pod, else bellhop-system).")
    private @Nullable String leaseNamespace;

    @Mixin
    private KubeconfigOption cluster = new KubeconfigOption();

    @Override
    public Integer call() throws InterruptedException {
        var client = cluster.connect();
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var identity = Instance.name() + "-" + UUID.randomUUID();
        var controller = new Controller(client,
                new ControllerSettings(listenerUrl, PodNamespace.or(leaseNamespace), identity),
                KnownSources.of(client), registry, Clock.systemUTC());
        try {
            var admin = new AdminServer(adminPort, controller::ready, registry);
            admin.start();
            // Whether it has read everything is what /ready tells.
            var _ = controller.start();
            return ServerProcess.serve(() -> {
                controller.close();
                admin.close();
                client.close();
            });
        } catch (IOException e) {
            throw new CommandFailure(
                    "the controller did not start: the admin port " + adminPort + ": " + e.getMessage(), e);
        }
    }
}
