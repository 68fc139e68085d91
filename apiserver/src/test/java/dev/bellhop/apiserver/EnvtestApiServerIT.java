package dev.bellhop.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvtestApiServerIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void showsWhatTheProcessWroteWhenItEndsEarly() throws IOException {
        script("etcd", "echo the disk is on fire; exit 3");
        script("kube-apiserver", "echo Kubernetes v1.31.0");

        assertThatThrownBy(() -> EnvtestApiServer.start(folder, folder.resolve("data"), 0))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("etcd ended with 3")
                .hasMessageContaining("the disk is on fire");
    }

    @Test
    void readsTheVersionOfABinary() throws IOException {
        KubeVersion version = KubeVersion.of(script("kube-apiserver", "echo Kubernetes v1.31.4+k3s1"));

        assertThat(version).isEqualTo(new KubeVersion(1, 31));
        assertThat(version.isBefore(1, 24)).isFalse();
        assertThat(new KubeVersion(1, 20).isBefore(1, 24)).isTrue();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("realOnes")
    void comesBackWithItsObjectsAfterItWasKilled(Path assets) throws IOException, InterruptedException {
        try (var server = EnvtestApiServer.start(assets, folder.resolve("data"), 0);
                var client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig()))
                        .build()) {
            client.namespaces()
                    .resource(new NamespaceBuilder().withNewMetadata().withName("kept").endMetadata().build())
                    .create();

            server.killServer();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), server.url().getPort()).close())
                    .isInstanceOf(ConnectException.class);
            server.startServer();

            assertThat(client.namespaces().withName("kept").get()).isNotNull();
        }
    }

    /// The binaries at hand, if the run asks for a real API server.
    private static List<Path> realOnes() {
        return ApiServers.atHand().stream().filter(server -> server.name().equals("envtest"))
                .flatMap(_ -> EnvtestApiServer.assets().stream()).toList();
    }

    @Test
    void theEmbeddedOneSaysWhichPortItCannotHave() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedApiServer.start(taken.getLocalPort()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void closingTwiceDoesNothing() {
        var server = EmbeddedApiServer.start(0);
        server.close();

        server.close();

        assertThat(server.url().getPort()).isPositive();
    }

    private Path script(String name, String body) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
