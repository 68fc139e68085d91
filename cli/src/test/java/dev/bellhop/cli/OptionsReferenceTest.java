package dev.bellhop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

class OptionsReferenceTest {
    private static final Path FILE = Path.of("..", "docs", "options.md");

    @Test
    void isUpToDate() throws IOException {
        var text = OptionsReference.of(BellhopCommandLine.create());
        if (Boolean.getBoolean("bellhop.regenerate")) {
            Files.writeString(FILE, text);
        }
        assertThat(FILE).as("run ./mvnw -pl cli -am test -Dbellhop.regenerate=true").exists();
        assertThat(Files.readString(FILE))
                .as("docs/options.md is out of date; run ./mvnw -pl cli -am test -Dbellhop.regenerate=true")
                .isEqualTo(text);
    }
}
