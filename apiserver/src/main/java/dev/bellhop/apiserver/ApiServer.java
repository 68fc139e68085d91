package dev.bellhop.apiserver;

import java.net.URI;

/// A Kubernetes API server that this process started, with an administrator's way in. It serves until closed; closing
/// it twice does nothing.
public interface ApiServer extends AutoCloseable {

    /// Which one it is, for test reports and logs: `embedded`, `envtest`, `k3s`.
    String name();

    /// Where it listens, without a trailing slash.
    URI url();

    /// The administrator's kubeconfig, as YAML.
    String kubeconfig();

    @Override
    void close();
}
