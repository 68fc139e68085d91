package dev.bellhop.cli.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.cli.command.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import org.jspecify.annotations.Nullable;

/// The cluster that a command talks to, and why that one, so that a failure can say where it looked.
///
/// @param source who named it, such as `KUBECONFIG=/home/me/kind.yaml`
public record ClusterChoice(Config config, String source) {
    private static final Path IN_CLUSTER = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

    /// Chooses: the kubeconfig that the caller named, else `$KUBECONFIG`, else the `bellhop dev` that runs on this machine,
    /// else `~/.kube/config`, else the cluster in which this process is a Pod.
    public static ClusterChoice find(@Nullable Path named, Map<String, String> environment) {
        return look(named, environment).orElseThrow(() -> new CommandFailure(
                "no cluster found: no bellhop dev is running, KUBECONFIG is not set and there is no ~/.kube/config;"
                        + " start ./bellhop dev or name one with --kubeconfig FILE"));
    }

    /// As [#find], but empty when there is none.
    public static Optional<ClusterChoice> look(@Nullable Path named, Map<String, String> environment) {
        if (named != null) {
            return Optional.of(fromFile(named, "--kubeconfig " + named));
        }
        var variable = environment.getOrDefault("KUBECONFIG", "");
        if (!variable.isEmpty()) {
            // Of several files the first that exists counts; kubectl would merge them.
            var file = Arrays.stream(variable.split(File.pathSeparator)).filter(name -> !name.isEmpty()).map(Path::of)
                    .filter(Files::isRegularFile).findFirst();
            return Optional.of(fromFile(file.orElse(Path.of(variable)), "KUBECONFIG=" + variable));
        }
        var dev = DevState.read(DevState.file(environment));
        if (dev.isPresent()) {
            return Optional
                    .of(fromFile(dev.get().kubeconfig(), "the running bellhop dev (process " + dev.get().pid() + ")"));
        }
        var home = Path.of(System.getProperty("user.home"), ".kube", "config");
        if (Files.isRegularFile(home)) {
            return Optional.of(fromFile(home, home.toString()));
        }
        if (Files.isReadable(IN_CLUSTER)) {
            return Optional.of(new ClusterChoice(Config.autoConfigure(null), "the cluster of this Pod"));
        }
        return Optional.empty();
    }

    private static ClusterChoice fromFile(Path file, String source) {
        if (!Files.isReadable(file)) {
            throw new CommandFailure("cannot read the kubeconfig " + file + ", chosen by " + source);
        }
        try {
            var config = Config.fromKubeconfig(file.toFile());
            // People wait for these commands: a server that is away should be told soon.
            config.setRequestRetryBackoffLimit(0);
            return new ClusterChoice(config, source);
        } catch (RuntimeException e) {
            throw new CommandFailure(file + " is no kubeconfig, chosen by " + source + ": " + e.getMessage(), e);
        }
    }

    /// The namespace that the kubeconfig's context names, else `default`.
    public String namespace() {
        var namespace = config.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    /// The bearer token of the kubeconfig's user; empty when it proves itself otherwise, as by a certificate.
    public Optional<String> token() {
        return Optional.ofNullable(config.getOauthTokenProvider()).map(OAuthTokenProvider::getToken)
                .or(() -> Optional.ofNullable(config.getOauthToken()))
                .or(() -> Optional.ofNullable(config.getAutoOAuthToken()))
                .filter(token -> !token.isEmpty());
    }

    /// How the cluster is shown in messages.
    @Override
    public String toString() {
        return config.getMasterUrl() + " (" + source + ")";
    }
}
