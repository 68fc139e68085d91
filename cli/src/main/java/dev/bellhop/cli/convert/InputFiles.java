package dev.bellhop.cli.convert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.cli.convert.draft.InputObject;
import dev.bellhop.cli.convert.draft.Names;
import dev.bellhop.cli.convert.expression.CueData;

/// Reads what is to be converted.
final class InputFiles {
    private static final String STDIN = "-";

    private final String namespace;
    private final InputStream stdin;
    private final List<InputObject> objects = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /// @param namespace for objects that name none
    InputFiles(String namespace, InputStream stdin) {
        this.namespace = namespace;
        this.stdin = stdin;
    }

    /// All objects, in order.
    List<InputObject> objects() {
        return List.copyOf(objects);
    }

    /// Why something cannot be read, a sentence each.
    List<String> problems() {
        return List.copyOf(problems);
    }

    /// Reads a file, all files of a folder (not of those below it), or `-` for standard input.
    void read(String place) {
        try {
            if (place.equals(STDIN)) {
                readText("stdin", new String(stdin.readAllBytes(), StandardCharsets.UTF_8));
            } else if (Files.isDirectory(Path.of(place))) {
                readFolder(Path.of(place));
            } else if (Files.exists(Path.of(place))) {
                readFile(Path.of(place));
            } else {
                problems.add(place + " does not exist: name a file, a folder or - for standard input");
            }
        } catch (IOException e) {
            problems.add(place + " cannot be read: " + e.getMessage());
        }
    }

    private void readFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (name(file).matches(".+\\.(ya?ml|json|cue)")) {
                    readFile(file);
                }
            }
        }
    }

    private void readFile(Path file) throws IOException {
        var text = Files.readString(file);
        if (name(file).endsWith(".cue")) {
            switch (CueData.read(text)) {
                case CueData.Read.Understood(var json) -> add(file.toString(), json);
                case CueData.Read.Unreadable(var why) -> problems.add(file + " is CUE that is not plain data: " + why
                        + ". Convert what 'cue export --out json " + file + "' prints");
            }
        } else {
            readText(file.toString(), text);
        }
    }

    private void readText(String file, String text) {
        try {
            Yaml.readAll(text).forEach(document -> add(file, document));
        } catch (IOException e) {
            problems.add(file + " is neither YAML nor JSON: " + e.getMessage());
        }
    }

    private void add(String file, JsonNode document) {
        if (document.isNull() || document.isMissingNode()) {
            // `---` at the end of a file.
            return;
        }
        if (document.isArray()) {
            // A list of Brigade's filters without the configuration around it.
            var wrapped = JsonNodeFactory.instance.objectNode();
            wrapped.set("filters", document);
            add(file, wrapped);
            return;
        }
        if (!(document instanceof ObjectNode object)) {
            problems.add(file + " holds '" + document.asText() + "', which is no object");
            return;
        }
        if (object.path("kind").asText().endsWith("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> add(file, item));
            return;
        }
        var own = object.at("/metadata/namespace").asText();
        var name = object.at("/metadata/name").asText();
        objects.add(new InputObject(file, own.isEmpty() ? namespace : own,
                name.isEmpty() ? Names.of(name(Path.of(file)).replaceFirst("\\.[a-z]+$", "")) : name, object));
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
