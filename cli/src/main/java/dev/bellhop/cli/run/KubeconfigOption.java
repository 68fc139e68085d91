package dev.bellhop.cli.run;

import java.nio.file.Path;
import java.util.Map;

import dev.bellhop.cli.cluster.ClusterChoice;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which cluster a server process works for.
public final class KubeconfigOption {
    private static final int RETRIES = 10;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The cluster to work for (default: KUBECONFIG, ~/.kube/config, the cluster of this Pod).")
    private @Nullable Path kubeconfig;

    /// A client for that cluster.
    public KubernetesClient connect() {
        return client(ClusterChoice.find(kubeconfig, Map.copyOf(System.getenv())).config());
    }

    /// A client of a process that stays: it tries again where a command for people would rather fail at once.
    public static KubernetesClient client(Config config) {
        config.setRequestRetryBackoffLimit(RETRIES);
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
