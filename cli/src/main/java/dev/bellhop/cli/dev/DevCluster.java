package dev.bellhop.cli.dev;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.EmbeddedApiServer;
import dev.bellhop.apiserver.EnvtestApiServer;
import dev.bellhop.apiserver.K3sApiServer;
import dev.bellhop.cli.cluster.ClusterChoice;
import dev.bellhop.cli.command.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;

/// The cluster that dev works on, with an administrator's way in.
///
/// @param kubeconfig of the administrator, a file
record DevCluster(String description, Config config, Path kubeconfig,
        Optional<ApiServer> own) implements AutoCloseable {
    /// Where a cluster can come from.
    enum Kind {
        /// An API server in this process; gone with it.
        embedded,
        /// The cluster of a kubeconfig.
        kubeconfig,
        /// kube-apiserver and etcd from `KUBEBUILDER_ASSETS`.
        envtest,
        /// k3s in Docker.
        k3s
    }

    /// One in this process, whose objects all come from files: each has the same UID in every run, so that a journal in
    /// `dataDir` still fits.
    static DevCluster ofFiles(Path dataDir) {
        return own(EmbeddedApiServer.startWithStableUids(0), dataDir, null);
    }

    /// Starts or finds it. `port` is for an API server of our own; 0 takes a free one.
    static DevCluster open(Kind kind, @Nullable Path kubeconfig, Path dataDir, int port,
            @Nullable Path writeKubeconfig) {
        return switch (kind) {
            case embedded -> own(EmbeddedApiServer.start(port), dataDir, writeKubeconfig);
            case envtest -> own(EnvtestApiServer.start(EnvtestApiServer.assets().orElseThrow(() -> new CommandFailure(
                    "--cluster envtest needs kube-apiserver and etcd: set KUBEBUILDER_ASSETS to the folder that holds them")),
                    dataDir.resolve("envtest"), port), dataDir, writeKubeconfig);
            case k3s -> {
                if (!K3sApiServer.available()) {
                    throw new CommandFailure("--cluster k3s needs Docker, and no Docker engine answers");
                }
                yield own(K3sApiServer.start(), dataDir, writeKubeconfig);
            }
            case kubeconfig -> {
                // Not the cluster of another dev that runs: that one has its own listener.
                var choice = ClusterChoice.find(kubeconfig, Map.of("XDG_STATE_HOME", "/nonexistent", "KUBECONFIG",
                        Optional.ofNullable(System.getenv("KUBECONFIG")).orElse("")));
                var file = Optional.ofNullable(choice.config().getFile()).map(java.io.File::toPath)
                        .orElse(Path.of(System.getProperty("user.home"), ".kube", "config"));
                yield new DevCluster(choice.toString(), choice.config(), file, Optional.empty());
            }
        };
    }

    private static DevCluster own(ApiServer server, Path dataDir, @Nullable Path writeKubeconfig) {
        try {
            var file = writeKubeconfig == null ? dataDir.resolve("kubeconfig") : writeKubeconfig;
            Files.writeString(file, server.kubeconfig());
            return new DevCluster(server.name() + " at " + server.url(), Config.fromKubeconfig(server.kubeconfig()),
                    file.toAbsolutePath(), Optional.of(server));
        } catch (IOException e) {
            server.close();
            throw new UncheckedIOException("writing the kubeconfig of the " + server.name() + " API server", e);
        }
    }

    /// From now on [#close] is called when the JVM is told to stop, so the server need not watch for that itself.
    void leaveToOwner() {
        if (own.isPresent() && own.get() instanceof EnvtestApiServer envtest) {
            envtest.leaveToOwner();
        }
    }

    @Override
    public void close() {
        own.ifPresent(ApiServer::close);
    }
}
