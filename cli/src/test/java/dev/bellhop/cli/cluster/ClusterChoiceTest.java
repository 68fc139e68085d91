package dev.bellhop.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

import dev.bellhop.cli.command.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterChoiceTest {
    @TempDir
    private Path folder;

    @Test
    void prefersTheNamedFileToTheVariableAndThatToTheRunningDev() {
        var state = Map.of("XDG_STATE_HOME", folder.toString());
        dev("dev").write(DevState.file(state));
        var environment = Map.of("XDG_STATE_HOME", folder.toString(), "KUBECONFIG",
                folder.resolve("gone") + ":" + kubeconfig("variable"));

        assertThat(ClusterChoice.find(kubeconfig("named"), environment)).hasToString(
                "http://named/ (--kubeconfig " + folder.resolve("named") + ")");
        assertThat(ClusterChoice.find(null, environment).toString()).startsWith("http://variable/ (KUBECONFIG=");
        assertThat(ClusterChoice.find(null, state).toString()).startsWith("http://dev/ (the running bellhop dev");
    }

    @Test
    void hasTheTokenAndTheNamespaceOfTheContext() {
        var choice = ClusterChoice.find(kubeconfig("x"), Map.of());
        assertThat(choice.token()).contains("t0ken");
        assertThat(choice.namespace()).isEqualTo("default");
    }

    @Test
    void saysWhoNamedAFileThatCannotBeRead() {
        assertThatThrownBy(() -> ClusterChoice.find(null, Map.of("KUBECONFIG", "/gone")))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("cannot read the kubeconfig /gone, chosen by KUBECONFIG=/gone");
    }

    private DevState dev(String name) {
        return new DevState(ProcessHandle.current().pid(), kubeconfig(name), "", "", folder, Instant.now());
    }

    private Path kubeconfig(String name) {
        try {
            return Files.writeString(folder.resolve(name), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "http://%s"}}]
                    users: [{name: u, user: {token: t0ken}}]
                    contexts: [{name: x, context: {cluster: c, user: u}}]
                    current-context: x
                    """.formatted(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
