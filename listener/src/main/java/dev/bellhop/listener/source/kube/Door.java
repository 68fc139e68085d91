package dev.bellhop.listener.source.kube;

import java.io.IOException;

/// The way into a cluster.
public interface Door {
    /// What the cluster is called.
    String cluster();

    /// Its API.
    ///
    /// @throws Unusable when its credentials are missing or cannot be used
    KubeApi api() throws Unusable;

    /// Something went wrong: credentials may have changed, and are read again.
    void failed(IOException e);

    /// Credentials are missing or cannot be used; the message says what to do.
    final class Unusable extends IOException {
        private static final long serialVersionUID = 1;

        Unusable(String message) {
            super(message);
        }

        Unusable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
