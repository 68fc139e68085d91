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

    /// As [#holds], for the lines between `<!-- NAME -->` and `<!-- /NAME -->`; the rest of the file is written by people.
    void holdsSection(String name, String expected) throws IOException {
        String begin = "<!-- " + name + " -->\n";
        String end = "<!-- /" + name + " -->\n";
        String content = content();
        assertThat(content).as("%s", path).contains(begin, end);
        holds(content.substring(0, content.indexOf(begin) + begin.length()) + expected
                + content.substring(content.indexOf(end)));
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
