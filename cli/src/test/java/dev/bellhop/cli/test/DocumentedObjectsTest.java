package dev.bellhop.cli.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The objects that the documentation shows are such as a cluster would take: fields that exist, and expressions that compile.
class DocumentedObjectsTest {
    private static final Path DOCS = Path.of("..", "docs");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(apiVersion: .*?)```", Pattern.DOTALL);
    /// What an example leaves out to be short, or what does not come with Bellhop.
    private static final Pattern LEFT_OUT = Pattern
            .compile(".*(: NotSelected: |: ReferenceMissing: |spec.plugin.type 'directory' is not known here).*");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("pages")
    void areSound(Path page) throws IOException {
        var blocks = BLOCK.matcher(Files.readString(page)).results().map(found -> found.group(1))
                .filter(block -> block.contains("apiVersion: bellhop.dev/")).toList();
        for (var block : blocks) {
            var file = Files.writeString(folder.resolve("objects.yaml"), block);
            assertThat(new OfflineListener(CaseObjects.read(List.of(file))).problems()).as(block)
                    .allMatch(LEFT_OUT.asMatchPredicate());
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(DOCS)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }
}
