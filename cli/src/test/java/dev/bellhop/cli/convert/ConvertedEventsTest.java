package dev.bellhop.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.bellhop.cli.Run;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is converted does what it did: events go through the objects that [ConvertCommandTest] expects, as `bellhop test` has it. A
/// folder of `convert-events` has the events for the case of its name; `-Dbellhop.regenerate=true` writes its `expected.yaml`.
class ConvertedEventsTest {
    private static final Path EVENTS = Path.of("src", "test", "resources", "convert-events");
    private static final Path CASES = Path.of("src", "test", "resources", "convert");
    private static final String EXPECTED = "expected.yaml";

    @TempDir
    private Path folder;

    static List<Path> cases() throws IOException {
        try (Stream<Path> folders = Files.list(EVENTS)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bringAboutWhatTheyDid(Path events) throws IOException {
        Files.copy(CASES.resolve(name(events)).resolve(ConvertCommandTest.OUTPUT), folder.resolve("objects.yaml"));
        try (Stream<Path> files = Files.list(events)) {
            for (var file : files.toList()) {
                Files.copy(file, folder.resolve(name(file)));
            }
        }
        var arguments = new ArrayList<>(List.of("test", folder.toString()));
        if (Boolean.getBoolean("bellhop.regenerate")) {
            arguments.add("--update");
        }
        var run = Run.of(arguments.toArray(String[]::new));
        if (Boolean.getBoolean("bellhop.regenerate")) {
            Files.writeString(events.resolve(EXPECTED), Files.readString(folder.resolve(EXPECTED)));
        }
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
