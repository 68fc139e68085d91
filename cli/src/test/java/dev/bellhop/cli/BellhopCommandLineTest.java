package dev.bellhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BellhopCommandLineTest {
    @Test
    void tellsItsVersionAndThatOfJava() {
        assertThat(Run.of("--version")).isEqualTo(
                new Run(0, "bellhop (unpackaged), Java " + Runtime.version() + System.lineSeparator(), ""));
    }

    @Test
    void showsHelpWithoutArguments() {
        var run = Run.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Try it:", "  send ").doesNotContain("rehearse");
    }

    @Test
    void hasEveryCommandInOneGroup() {
        var grouped = CommandGroups.GROUPS.stream().map(CommandGroups.Group::commands).flatMap(List::stream).toList();
        var visible = BellhopCommandLine.create().getSubcommands().values().stream().map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden()).map(CommandLine.Model.CommandSpec::name).toList();
        assertThat(grouped).containsExactlyInAnyOrderElementsOf(visible);
    }

    @Test
    void guessesWhichOptionWasMeant() {
        assertThat(Run.of("get", "--namespce", "x")).isEqualTo(new Run(2, "", """
                bellhop get: Unknown option: '--namespce'; did you mean --namespace?
                Try 'bellhop get --help'.
                """));
    }

    @Test
    void refusesAStopDelayThatNoPodIsGranted() {
        for (var delay : List.of("PT-1S", "PT1H1S")) {
            assertThat(Run.of("listener", "--stop-delay=" + delay)).isEqualTo(new Run(2, "", """
                    bellhop listener: --stop-delay=%s must be from PT0S to PT1H
                    Try 'bellhop listener --help'.
                    """.formatted(delay)));
        }
    }

    @Test
    void guessesWhichCommandWasMeant() {
        var run = Run.of("sendd");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("did you mean send");
    }
}
