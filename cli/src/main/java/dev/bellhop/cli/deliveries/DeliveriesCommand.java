package dev.bellhop.cli.deliveries;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.cluster.DevState;
import dev.bellhop.cli.command.Columns;
import dev.bellhop.cli.deliveries.AdminApi.Wanted;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `bellhop deliveries -n team-a`: asks the listener and prints a table, newest first.
@Command(name = "deliveries", mixinStandardHelpOptions = true, sortOptions = false, description = "Lists what happened to each event, and why; newest first.", footer = {
        "", "One sees the deliveries of a namespace when one may list its Triggers (RBAC).",
        "Without a running bellhop dev, forward the listener's admin port and name it:",
        "  kubectl -n bellhop-system port-forward deploy/bellhop-listener 9090",
        "  bellhop deliveries -n team-a --admin-url http://localhost:9090"})
public final class DeliveriesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NS", description = "Of the Triggers of this namespace (default: the kubeconfig's; all of the running bellhop dev).")
    private @Nullable String namespace;

    @Option(names = {"-A", "--all-namespaces"}, description = "Of all Triggers.")
    private boolean allNamespaces;

    @Option(names = {"-t", "--trigger"}, paramLabel = "NAME", description = "Of the Triggers of this name.")
    private @Nullable String trigger;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Option(names = {"-o",
            "--output"}, paramLabel = "FORMAT", defaultValue = "table", description = "How: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output = Output.table;

    @Option(names = "--admin-url", paramLabel = "URL", description = "The listener's admin port (default: that of the running bellhop dev).")
    private @Nullable String adminUrl;

    @Option(names = "--token", paramLabel = "TEXT", description = "Says who asks (default: the bearer token of the kubeconfig).")
    private @Nullable String token;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Where the token and the namespace come from.")
    private @Nullable Path kubeconfig;

    enum Output {
        table, json
    }

    @Override
    public Integer call() {
        var dev = DevState.read(DevState.file(System.getenv()));
        var url = adminUrl != null
                ? adminUrl
                : dev.map(DevState::adminUrl).orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "which listener? No bellhop dev is running: add --admin-url URL"));
        var answer = new AdminApi(url, token(dev)).deliveries(
                new Wanted(namespace(dev), Optional.ofNullable(trigger), limit));
        var out = spec.commandLine().getOut();
        switch (output) {
            case json -> out.println(answer.toPrettyString());
            case table -> print(answer.path("items").valueStream().toList(), out);
        }
        out.flush();
        return 0;
    }

    /// With a listener of `dev`, everything is asked of its own cluster, whatever kubeconfig is set.
    private @Nullable Path kubeconfig(Optional<DevState> dev) {
        return kubeconfig == null && adminUrl == null ? dev.map(DevState::kubeconfig).orElse(null) : kubeconfig;
    }

    private String token(Optional<DevState> dev) {
        if (token != null) {
            return token;
        }
        var cluster = ClusterChoice.find(kubeconfig(dev), System.getenv());
        return cluster.token().orElseThrow(() -> new ParameterException(spec.commandLine(),
                "the kubeconfig of " + cluster + " has no bearer token: add --token, such as"
                        + " --token \"$(kubectl create token my-account)\""));
    }

    private Optional<String> namespace(Optional<DevState> dev) {
        if (allNamespaces && namespace != null) {
            throw new ParameterException(spec.commandLine(), "-n and -A exclude each other");
        }
        if (allNamespaces || (namespace == null && adminUrl == null && dev.isPresent())) {
            return Optional.empty();
        }
        if (namespace != null) {
            return Optional.of(namespace);
        }
        return Optional.of(ClusterChoice.look(kubeconfig(dev), System.getenv()).map(ClusterChoice::namespace)
                .orElse("default"));
    }

    private void print(List<JsonNode> items, PrintWriter out) {
        if (items.isEmpty()) {
            spec.commandLine().getErr().println("No deliveries found");
            return;
        }
        var columns = new Columns(List.of("TIME", "NAMESPACE", "TRIGGER", "EVENT-ID", "OUTCOME", "DETAIL"));
        for (var item : items) {
            columns.add(List.of(time(item), item.path("namespace").asText(), item.path("trigger").asText(),
                    item.path("eventID").asText(), item.path("outcome").asText(), item.path("detail").asText()));
        }
        columns.print(out);
    }

    private static String time(JsonNode item) {
        return Instant.parse(item.path("time").asText()).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
