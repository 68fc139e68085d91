package dev.bellhop.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class EnvironmentDefaultsTest {
    private final CommandSpec run = new CommandLine(new RunCommand()).getCommandSpec();

    private String valueOf(String option, Map<String, String> environment) {
        return new EnvironmentDefaults(environment::get).defaultValue(run.findOption(option));
    }

    @Test
    void takesWhatTheEnvironmentSaysByTheOptionsName() {
        assertThat(valueOf("--config", Map.of("CONFIG", "conf"))).isEqualTo("conf");
        assertThat(valueOf("--per-worker-qps", Map.of("PER_WORKER_QPS", "3"))).isEqualTo("3");
        assertThat(valueOf("--workers", Map.of("WORKERS", "8"))).isEqualTo("8");
    }

    @Test
    void leavesTheRestToTheOption() {
        assertThat(valueOf("--queue-size", Map.of("QUEUE_SIZE", ""))).isNull();
        assertThat(valueOf("--help", Map.of("HELP", "true"))).isNull();
        assertThat(valueOf("--version", Map.of("VERSION", "1"))).isNull();
    }

    @Test
    void runsFourWorkersWhenNobodySaysOtherwise() {
        assertThat(valueOf("--workers", Map.of())).isEqualTo("4");
    }
}
