package dev.bellhop.apiserver;

import java.net.URI;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;

/// A k3s cluster in a container: a real API server with its controllers and a node. Needs Docker.
public final class K3sApiServer implements ApiServer {

    private static final String IMAGE = System.getProperty("bellhop.test.k3s.image", "rancher/k3s:v1.32.4-k3s1");

    private final K3sContainer container;
    private final String kubeconfig;
    private final URI url;

    private K3sApiServer(K3sContainer container) {
        this.container = container;
        this.kubeconfig = container.getKubeConfigYaml();
        this.url = URI.create(kubeconfig.lines().map(String::strip).filter(line -> line.startsWith("server:"))
                .findFirst().orElseThrow().substring("server:".length()).replace("\"", "").strip());
    }

    /// Whether a Docker engine answers; false, without a fuss, where there is none.
    public static boolean available() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /// Starts the image named by the system property `bellhop.test.k3s.image`, or a recent one.
    public static K3sApiServer start() {
        var container = new K3sContainer(DockerImageName.parse(IMAGE));
        container.start();
        return new K3sApiServer(container);
    }

    @Override
    public String name() {
        return "k3s";
    }

    @Override
    public URI url() {
        return url;
    }

    @Override
    public String kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        container.stop();
    }
}
