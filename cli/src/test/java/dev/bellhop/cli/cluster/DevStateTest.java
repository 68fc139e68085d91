package dev.bellhop.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevStateTest {
    private static final Instant NOW = Instant.now();

    @TempDir
    private Path folder;

    @Test
    void isReadAsItWasWritten() {
        var state = state(ProcessHandle.current().pid(), NOW);
        state.write(file());
        assertThat(DevState.read(file())).contains(state);
        state.remove(file());
        assertThat(file()).doesNotExist();
    }

    @Test
    void doesNotCountWhenItsProcessHasEnded() throws Exception {
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        state(ended.pid(), NOW).write(file());
        assertThat(DevState.read(file())).isEmpty();
    }

    @Test
    void doesNotCountWhenAnotherProcessGotItsNumber() {
        state(ProcessHandle.current().pid(), NOW.minus(Duration.ofDays(1000))).write(file());
        assertThat(DevState.read(file())).isEmpty();
    }

    @Test
    void leavesTheFileToTheOneThatWroteItLast() {
        var first = state(ProcessHandle.current().pid(), NOW);
        first.write(file());
        var second = state(ProcessHandle.current().pid(), NOW.plusSeconds(1));
        second.write(file());
        first.remove(file());
        assertThat(DevState.read(file())).contains(second);
    }

    @Test
    void isNoneWhereTheFileIsNot() throws IOException {
        assertThat(DevState.read(folder.resolve("gone"))).isEmpty();
        Files.writeString(folder.resolve("odd"), "{");
        assertThat(DevState.read(folder.resolve("odd"))).isEmpty();
    }

    private Path file() {
        return DevState.file(Map.of("XDG_STATE_HOME", folder.toString()));
    }

    private DevState state(long pid, Instant startedAt) {
        return new DevState(pid, Path.of("/tmp/kubeconfig"), "http://localhost:1", "http://localhost:2",
                Path.of("/tmp/d"),
                startedAt);
    }
}
