package dev.bellhop;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.bellhop.Uses.Use;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the modules and packages to `docs/architecture.md`.
class ArchitectureTest {
    /// The modules, and those that each may know.
    private static final Map<String, Set<String>> MAY_KNOW = Map.of(
            "spi", Set.of(),
            "api", Set.of(),
            "engine", Set.of("api", "spi"),
            "cluster", Set.of("engine", "api", "spi"),
            "listener", Set.of("cluster", "engine", "api", "spi"),
            "controller", Set.of("cluster", "engine", "api", "spi"),
            "apiserver", Set.of(),
            "cli", Set.of("controller", "listener", "cluster", "engine", "api", "spi", "apiserver"));

    private static Uses uses = new Uses(Map.of(), List.of());

    @BeforeAll
    static void read() {
        uses = Uses.of(Path.of(".."), MAY_KNOW.keySet());
    }

    @Test
    void arrowsBetweenModulesPointOneWay() {
        assertThat(uses.turnedRound(MAY_KNOW)).isEmpty();
    }

    @Test
    void packagesOfAModuleFormNoCircle() {
        assertThat(uses.circles()).isEmpty();
    }

    @Test
    void theEngineKnowsNoServerAndNoCluster() {
        assertThat(uses.outside("engine", "io.vertx.", Set.of())).isEmpty();
        assertThat(uses.outside("engine", "io.fabric8.kubernetes.client.", Set.of()))
                // Our kinds are made of it.
                .allMatch(use -> use.endsWith(" uses io.fabric8.kubernetes.client.CustomResource"));
    }

    @Test
    void onlyOnePackageKnowsCel() {
        for (var module : MAY_KNOW.keySet()) {
            assertThat(uses.outside(module, "dev.cel.", Set.of("dev.bellhop.engine.cel"))).isEmpty();
        }
    }

    @Test
    void vertxStaysAtTheDoors() {
        assertThat(uses.outside("listener", "io.vertx.", Set.of("dev.bellhop.listener", "dev.bellhop.listener.http",
                "dev.bellhop.listener.action", "dev.bellhop.listener.admin", "dev.bellhop.listener.outlet"))).isEmpty();
        for (var module : Set.of("api", "cluster", "controller")) {
            assertThat(uses.outside(module, "io.vertx.", Set.of())).isEmpty();
        }
    }

    @Test
    void theClassesWereReallyRead() {
        assertThat(uses.modules().values()).containsAll(MAY_KNOW.keySet());
        for (var arrow : List.of(List.of("cli", "listener"), List.of("cli", "controller"),
                List.of("listener", "cluster"),
                List.of("controller", "cluster"), List.of("cluster", "engine"), List.of("engine", "api"))) {
            assertThat(uses.hasArrow(arrow.get(0), arrow.get(1))).as(arrow.toString()).isTrue();
        }
        assertThat(uses.outside("engine", "dev.cel.", Set.of())).isNotEmpty();
        assertThat(uses.outside("listener", "io.vertx.", Set.of())).isNotEmpty();
    }

    @Test
    void anArrowThatIsTurnedRoundIsFound() {
        var turned = new Uses(Map.of("p.engine", "engine", "p.listener", "listener"),
                List.of(new Use("p.listener.A", "p.engine.B"), new Use("p.engine.B", "p.listener.A")));
        assertThat(turned.turnedRound(MAY_KNOW))
                .containsExactly("engine → listener: p.engine.B uses p.listener.A");
    }

    @Test
    void aCircleIsFoundWithEachOfItsSteps() {
        var use = new Use("p.a.A", "p.b.B");
        var back = new Use("p.c.C", "p.a.A");
        var circle = new Uses(Map.of("p.a", "m", "p.b", "m", "p.c", "m", "q", "n"),
                List.of(use, new Use("p.b.B", "p.c.C"), back, new Use("p.b.B", "q.D"), new Use("q.D", "p.b.B")));
        assertThat(circle.circles()).hasSize(3).first().asString().startsWith("p.a: ").contains("p.c.C");
        assertThat(new Uses(circle.modules(), List.of(use, back)).circles()).isEmpty();
    }

    @Test
    void aUseOutsideItsPackageIsFound() {
        var strayed = new Uses(Map.of("p.a", "m", "p.b", "m"),
                List.of(new Use("p.a.A", "x.y.Z"), new Use("p.b.B", "x.y.Z")));
        assertThat(strayed.outside("m", "x.", Set.of("p.a"))).containsExactly("p.b.B uses x.y.Z");
    }
}
