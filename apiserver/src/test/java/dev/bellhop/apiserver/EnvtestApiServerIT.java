package dev.bellhop.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
