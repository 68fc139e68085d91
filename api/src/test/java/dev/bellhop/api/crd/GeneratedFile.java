package dev.bellhop.api.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A checked-in file whose content follows from the code. Run with `-Dbellhop.regenerate=true` to write it.
record GeneratedFile(Path path) {
    static GeneratedFile inProject(String path) {
        return new GeneratedFile(Path.of("..").resolve(path));
    }

    String content() throws IOException {
        return Files.exists(path) ? Files.readString(path) : "";
    }

    void holds(String expected) throws IOException {
        if (Boolean.getBoolean("bellhop.regenerate")) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, expected);
        }
        assertThat(content())
                .as("%s is out of date; run ./mvnw -pl api test -Dbellhop.regenerate=true", path)
                .isEqualTo(expected);
    }
}
