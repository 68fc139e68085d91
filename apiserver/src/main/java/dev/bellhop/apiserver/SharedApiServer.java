package dev.bellhop.apiserver;

import java.net.URI;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A server that starts on first use and that all tests of the JVM share, so that closing it is not theirs to do.
final class SharedApiServer implements ApiServer {

    private final String name;
    private final Supplier<ApiServer> starter;
    private @Nullable ApiServer started;

    SharedApiServer(String name, Supplier<ApiServer> starter) {
        this.name = name;
        this.starter = starter;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public URI url() {
        return started().url();
    }

    @Override
    public String kubeconfig() {
        return started().kubeconfig();
    }

    /// Does nothing: the server ends with the JVM.
    @Override
    public void close() {}

    @Override
    public String toString() {
        return name;
    }

    synchronized void end() {
        if (started != null) {
            started.close();
            started = null;
        }
    }

    private synchronized ApiServer started() {
        if (started == null) {
            started = starter.get();
        }
        return started;
    }
}
