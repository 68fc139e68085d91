package dev.bellhop.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import dev.bellhop.apiserver.ApiServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays every folder on every API server at hand: several at once, but alone those that stop the listener.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ScenariosIT {
    /// Held for writing while the listener may stop. A `@ResourceLock` would have all scenarios wait for each other: JUnit gives it
    /// to the whole class when one of its methods writes.
    private static final ReadWriteLock LISTENER = new ReentrantReadWriteLock();
    @TempDir
    static Path dataDirectory;
    private static Stage stage;

    @SuppressWarnings("unused")
    ScenariosIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        stage = new Stage(server, dataDirectory.resolve(server.name()));
    }

    @AfterParameterizedClassInvocation
    static void stop() throws Exception {
        stage.close();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("undisturbed")
    @Execution(ExecutionMode.CONCURRENT)
    void isPlayed(Scenario scenario) throws Exception {
        play(scenario, LISTENER.readLock());
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("overARestart")
    void isPlayedOverARestart(Scenario scenario) throws Exception {
        play(scenario, LISTENER.writeLock());
    }

    private static void play(Scenario scenario, Lock lock) throws Exception {
        lock.lock();
        try {
            new Player(stage, scenario).play();
        } finally {
            lock.unlock();
        }
    }

    static List<Scenario> undisturbed() {
        return Scenario.all().stream().filter(scenario -> !scenario.stopsTheListener()).toList();
    }

    static List<Scenario> overARestart() {
        return Scenario.all().stream().filter(Scenario::stopsTheListener).toList();
    }
}
