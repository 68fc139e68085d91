package dev.bellhop.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bellhop run` in a process of its own, without a cluster.
class RunIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CLOCK = """
            apiVersion: bellhop.dev/v1alpha1
            kind: EventSource
            metadata: {name: clock, namespace: home}
            spec:
              cron: {interval: 1s}
              triggers: [tell]
            """;
    private static final String TELL = """
            {"apiVersion": "bellhop.dev/v1alpha1", "kind": "Trigger",
             "metadata": {"name": "tell", "namespace": "home"},
             "spec": {"actions": [{"log": {"message": "it was %s"}}]}}
            """;

    @TempDir
    private Path home;

    @Test
    void runsAConfigurationAndWhatBecomesOfIt() throws Exception {
        var config = Files.createDirectory(home.resolve("config"));
        Files.writeString(config.resolve("clock.yaml"), CLOCK);
        Files.writeString(config.resolve("tell.json"), TELL.formatted("a tick"));
        Files.writeString(config.resolve("notes.txt"), "what this is for");
        try (var run = RunProcess.start(home, config, "--queue-size", "7")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(run.log()).contains("it was a tick"));
            assertThat(run.log()).contains("warning: " + config.resolve("notes.txt") + " is left out");
            await().atMost(SOON).untilAsserted(() -> assertThat(run.bellhop("get", "bellhop", "-A"))
                    .containsPattern("clock +1 +True +True +Bound").containsPattern("tell +True +Bound"));
            assertThat(run.bellhop("get", "trigger", "tell", "-n", "home", "-o", "yaml"))
                    .contains("queuedEvents: 7", "eventsPerSecond: 8", "maxAttempts: 1");
            takesOverWhatChanges(run, config);
            assertThat(run.stop()).isZero();
        }
    }

    private static void takesOverWhatChanges(RunProcess run, Path config) throws IOException {
        Files.writeString(config.resolve("tell.json"), "{");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(run.log()).contains("tell.json is no YAML", "was not applied"));
        Files.writeString(config.resolve("tell.json"), TELL.formatted("another"));
        await().atMost(SOON).untilAsserted(() -> assertThat(run.log()).contains("it was another"));
        Files.writeString(config.resolve("clock.yaml"), CLOCK.replace("name: clock", "name: watch"));
        await().atMost(SOON).untilAsserted(
                () -> assertThat(run.log()).contains("2 objects applied, deleted EventSource home/clock"));
        await().atMost(SOON).untilAsserted(() -> assertThat(run.bellhop("get", "eventsources", "-A"))
                .contains("watch").doesNotContain("clock"));
    }

    @Test
    void runsTheFileThatTheCommandLineNamesRatherThanTheEnvironments() throws Exception {
        var folder = Files.createDirectory(home.resolve("config"));
        Files.writeString(folder.resolve("clock.yaml"), CLOCK);
        Files.writeString(folder.resolve("tell.json"), TELL.formatted("the environment's"));
        var file = home.resolve("one.yaml");
        Files.writeString(file, CLOCK + "---\n" + TELL.formatted("the command line's"));
        try (var run = RunProcess.start(home, folder, "--config", file.toString())) {
            await().atMost(SOON).untilAsserted(() -> assertThat(run.log()).contains("it was the command line's"));
            assertThat(run.log()).doesNotContain("the environment's");
            assertThat(run.stop()).isZero();
        }
    }

    @Test
    void endsWithTwoAndAllMistakes() throws Exception {
        var config = home.resolve("clock.yaml");
        Files.writeString(config, CLOCK.replace("1s", "1x") + "---\n"
                + TELL.replace("\"tell\"", "\"shout\"").replace("\"log\"", "\"shout\"").formatted(""));
        var process = RunProcess.builder(home, config).redirectErrorStream(true).start();
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(told).contains("problem: EventSource home/clock: InvalidSpec: spec.cron.interval '1x'",
                "problem: EventSource home/clock: ReferenceMissing: spec.triggers[0]: Trigger home/tell",
                "problem: Trigger home/shout: InvalidSpec: spec.actions[0]");
    }
}
