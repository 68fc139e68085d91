package dev.bellhop.cli.deliveries;

import java.nio.file.Path;
import java.util.Optional;

import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.cluster.DevState;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Options that say which listener is asked, by whom, and about which namespace.
final class AdminPort {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NS", description = "The Triggers' namespace (default: the kubeconfig's; all of the running bellhop dev; an ID needs none).")
    private @Nullable String namespace;

    @Option(names = "--admin-url", paramLabel = "URL", description = "The listener's admin port (default: that of the running bellhop dev).")
    private @Nullable String adminUrl;

    @Option(names = "--token", paramLabel = "TEXT", description = "Says who asks (default: the bearer token of the kubeconfig).")
    private @Nullable String token;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Where the token and the namespace come from.")
    private @Nullable Path kubeconfig;

    /// The listener's API.
    AdminApi api() {
        refuseOptionsBeforeTheSubcommand();
        var dev = dev();
        var url = adminUrl != null
                ? adminUrl
                : dev.map(DevState::adminUrl).orElseThrow(() -> unusable(
                        "which listener? No bellhop dev is running: add --admin-url URL"));
        return new AdminApi(url, token(dev));
    }

    /// The namespace to ask about; empty: all of them.
    Optional<String> namespace(boolean all) {
        if (all && namespace != null) {
            throw unusable("-n and -A exclude each other");
        }
        if (namespace != null) {
            return Optional.of(namespace);
        }
        var dev = dev();
        return all || (adminUrl == null && dev.isPresent())
                ? Optional.empty()
                : Optional.of(ClusterChoice.look(kubeconfig(dev), System.getenv()).map(ClusterChoice::namespace)
                        .orElse("default"));
    }

    /// The path of one delivery. Its ID alone says which; a namespace that was named must be its own.
    String delivery(String id) {
        return Optional.ofNullable(namespace).map(name -> "namespaces/" + AdminApi.encoded(name) + "/").orElse("")
                + "deliveries/" + AdminApi.encoded(id);
    }

    ParameterException unusable(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// They would be read as those of the plain `bellhop deliveries`, and have no effect.
    private void refuseOptionsBeforeTheSubcommand() {
        var parent = spec.parent();
        // Those of bellhop itself go everywhere.
        if (parent == null || parent.parent() == null || parent.commandLine().getParseResult() == null) {
            return;
        }
        parent.commandLine().getParseResult().matchedOptions().stream().filter(option -> !option.inherited())
                .findFirst()
                .ifPresent(option -> {
                    throw unusable(option.longestName() + " must stand behind '" + spec.name() + "'");
                });
    }

    private static Optional<DevState> dev() {
        return DevState.read(DevState.file(System.getenv()));
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
        return cluster.token().orElseThrow(() -> unusable("the kubeconfig of " + cluster
                + " has no bearer token: add --token, such as --token \"$(kubectl create token my-account)\""));
    }
}
