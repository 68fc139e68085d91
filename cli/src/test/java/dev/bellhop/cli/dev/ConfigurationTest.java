package dev.bellhop.cli.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
    private static final String CLOCK = """
            apiVersion: bellhop.dev/v1alpha1
            kind: EventSource
            metadata: {name: clock, namespace: home}
            spec:
              cron: {interval: 1x}
              triggers: [gone]
            """;

    @TempDir
    private Path folder;

    @Test
    void takesTheFilesDirectlyInAFolder() throws IOException {
        for (var name : new String[]{"b.yml", "a.json", "c.yaml", "expected.yaml", "notes.txt", "below/d.yaml"}) {
            var file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "");
        }
        var found = Configuration.filesOf(folder);
        assertThat(found.files()).extracting(file -> file.getFileName().toString())
                .containsExactly("a.json", "b.yml", "c.yaml");
        assertThat(found.skipped()).containsExactly(folder.resolve("notes.txt"));
    }

    @Test
    void tellsAllThatIsWrong() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), CLOCK);
        assertThat(Configuration.problems(folder)).hasSize(2)
                .anyMatch(problem -> problem.startsWith("EventSource home/clock: InvalidSpec: spec.cron.interval '1x'"))
                .anyMatch(problem -> problem.contains("spec.triggers[0]: Trigger home/gone does not exist"));
    }

    @Test
    void tellsOfEachFileThatCannotBeRead() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "{");
        Files.writeString(folder.resolve("b.json"), "{\"kind\": \"Trigger\"}");
        assertThat(Configuration.problems(folder)).hasSize(2)
                .anyMatch(problem -> problem.contains("a.yaml is no YAML"))
                .anyMatch(problem -> problem.contains("b.json holds something that is no Kubernetes object"));
    }

    @Test
    void refusesAFolderWithoutConfiguration() throws IOException {
        assertThat(Configuration.problems(folder)).singleElement().asString().startsWith(folder + " holds no");
    }
}
