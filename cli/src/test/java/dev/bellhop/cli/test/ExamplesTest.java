package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.bellhop.cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `examples` shows is what happens: each folder is a test of its own, and the list of them is complete.
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    @ParameterizedTest
    @MethodSource("folders")
    void bringsAboutWhatItSays(Path folder) {
        var run = Run.of("test", folder.toString());
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    @Test
    void isListed() throws IOException {
        var list = Files.readString(EXAMPLES.resolve("README.md"));
        assertThat(folders()).allSatisfy(folder -> assertThat(list).contains("(" + CaseFolder.name(folder) + "/)"));
    }

    static List<Path> folders() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(Files::isDirectory).sorted().toList();
        }
    }
}
