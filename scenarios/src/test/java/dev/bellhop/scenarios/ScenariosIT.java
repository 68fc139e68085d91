package dev.bellhop.scenarios;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.bellhop.apiserver.ApiServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Plays every folder on every API server at hand: several at once, but alone those that stop the listener.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ScenariosIT {
    private static final String LISTENER = "the listener";
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
    @ResourceLock(value = LISTENER, mode = ResourceAccessMode.READ)
    void isPlayed(Scenario scenario) throws Exception {
        new Player(stage, scenario).play();
    }

    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("overARestart")
    @ResourceLock(LISTENER)
    void isPlayedOverARestart(Scenario scenario) throws Exception {
        new Player(stage, scenario).play();
    }

    static List<Scenario> undisturbed() {
        return Scenario.all().stream().filter(scenario -> !scenario.stopsTheListener()).toList();
    }

    static List<Scenario> overARestart() {
        return Scenario.all().stream().filter(Scenario::stopsTheListener).toList();
    }
}
