package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The folders in `cases` show every way in which a test passes or fails.
class TestCommandTest {
    private static final Path CASES = Path.of("src", "test", "resources", "cases");

    @TempDir
    private Path folder;

    @Test
    void passesWhatIsAsExpected() {
        var run = Run.of("test", CASES.resolve("passing").toString());
        assertThat(run.out()).doesNotContain("FAILED", "BROKEN").endsWith("20 passed, 0 failed\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhatIsNotAsExpected() throws IOException {
        var run = Run.of("test", CASES.resolve("failing").toString());
        assertThat(run.out().replace(CASES.resolve("failing") + "/", ""))
                .isEqualTo(Files.readString(CASES.resolve("failing.txt")));
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void endsWithOneWhenTestsFailButCanBeUsed() {
        assertThat(Run.of("test", CASES.resolve("failing/other-answer").toString()).exitCode()).isEqualTo(1);
    }

    @Test
    void refusesFoldersWithoutTests() {
        assertThat(Run.of("test", folder.toString()).err()).contains("no tests in " + folder);
        assertThat(Run.of("test", folder.resolve("gone").toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void passesAfterItWroteWhatHappens() throws IOException {
        var given = CASES.resolve("failing/other-objects");
        for (var file : new String[]{"objects.yaml", "request.http", "expected.yaml"}) {
            Files.copy(given.resolve(file), folder.resolve(file));
        }
        assertThat(Run.of("test", folder.toString()).exitCode()).isEqualTo(1);
        assertThat(Run.of("test", "--update", folder.toString()).exitCode()).isZero();
        assertThat(Run.of("test", folder.toString()).exitCode()).isZero();
        assertThat(folder.resolve("expected.yaml")).hasContent("""
                answer:
                  status: 202
                decisions:
                - trigger: team-a/note
                  decision: Continue
                objects:
                - apiVersion: v1
                  kind: ConfigMap
                  metadata:
                    generateName: note-
                    namespace: team-a
                  data:
                    who: Ann
                    text: |
                      Dear Ann
                      all is well
                """);
    }

    @Test
    void writesAReportForCi() {
        var report = folder.resolve("reports/bellhop.xml");
        Run.of("test", CASES.resolve("failing").toString(), "-o", "junit", report.toString());
        assertThat(report).content().contains("tests=\"23\" failures=\"8\" errors=\"12\"",
                "<failure message=\"answer.status: expected 403, was 202\">");
    }

    @Test
    void knowsNoOtherReports() {
        assertThat(Run.of("test", CASES.toString(), "-o", "html", "x").err()).contains("-o html is no known report");
    }
}
