package dev.bellhop.listener.source.kube;

import java.io.IOException;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;

/// Connections to one API server. HTTP/1.1: with HTTP/2 all watches would share one connection, which has room for some hundred,
/// and the reading of one could hold up the others.
final class HttpConnections implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    HttpConnections(SSLContext context) {
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER).executor(threads).sslContext(context).build();
    }

    /// With the certificates and keys of `config`.
    static HttpConnections of(Config config) {
        try {
            return new HttpConnections(SSLUtils.sslContext(config));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException("the certificates or keys for " + config.getMasterUrl()
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
