package dev.bellhop.scenarios;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.cli.BellhopCommandLine;
import dev.bellhop.cli.command.Yaml;

/// What `bellhop convert` makes of objects of another system.
final class Converted {
    private Converted() {}

    /// @throws IllegalStateException with what could not be converted
    static List<JsonNode> from(String text, String namespace) throws IOException {
        var file = Files.createTempFile("converted", ".yaml");
        try {
            Files.writeString(file, text);
            return from(file, namespace);
        } finally {
            Files.delete(file);
        }
    }

    private static List<JsonNode> from(Path file, String namespace) throws IOException {
        var out = new StringWriter();
        var err = new StringWriter();
        int exitCode = BellhopCommandLine.create().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute("convert", "-n", namespace, file.toString());
        if (exitCode != 0) {
            throw new IllegalStateException(err.toString());
        }
        return Yaml.readAll(out.toString());
    }
}
