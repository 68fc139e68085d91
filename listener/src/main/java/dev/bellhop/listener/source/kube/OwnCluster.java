package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;
import java.util.function.Supplier;

import dev.bellhop.engine.source.ClusterChoice;
import dev.bellhop.spi.source.SourceContext;
import io.fabric8.kubernetes.client.Config;
import org.jspecify.annotations.Nullable;

/// The cluster that the listener itself works in. A source reads it as a ServiceAccount of its own namespace, never with the
/// listener's rights.
public final class OwnCluster implements AutoCloseable {
    private final Config config;
    private final URI server;
    private final Supplier<Optional<String>> token;
    private @Nullable HttpConnections connections;

    /// Takes address and certificates from `config`; `token` gives the bearer token of the moment.
    public OwnCluster(Config config, Supplier<Optional<String>> token) {
        this.config = config;
        this.server = URI.create(config.getMasterUrl().replaceAll("/+$", ""));
        this.token = token;
    }

    /// The way in for a source, as its ServiceAccount.
    public Door as(SourceContext source) {
        return as(source.namespace(), source.serviceAccount());
    }

    /// Whoever only wants to know whether sources are sound needs no connection.
    private synchronized HttpClient client() {
        var opened = connections;
        if (opened == null) {
            opened = HttpConnections.of(config);
            connections = opened;
        }
        return opened.client();
    }

    private Door as(String namespace, String serviceAccount) {
        var api = new KubeApi(client(), server, () -> token.get().map(bearer -> "Bearer " + bearer),
                Optional.of("system:serviceaccount:" + namespace + ":" + serviceAccount));
        return new Door() {
            @Override
            public String cluster() {
                return ClusterChoice.LOCAL;
            }

            @Override
            public KubeApi api() {
                return api;
            }

            @Override
            public void failed(IOException e) {
                // The token is asked for anew with every request.
            }
        };
    }

    @Override
    public synchronized void close() {
        if (connections != null) {
            connections.close();
        }
    }
}
