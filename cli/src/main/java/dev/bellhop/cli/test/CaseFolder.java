package dev.bellhop.cli.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import dev.bellhop.cli.command.TestFiles;

/// A folder that is a test: it has requests, events or expectations. What lies in folders below it does not belong to it.
///
/// @param objects the YAML files with objects
/// @param inputs  `request.http` or `request-*.http`, and `event.yaml` or `event-*.yaml`
/// @param others  files that are none of these
record CaseFolder(Path folder, List<Path> objects, List<Path> inputs, List<Path> others) {
    static final String EXPECTED = TestFiles.EXPECTED;

    /// All of them in `root` and below, in order of their names.
    static List<CaseFolder> below(Path root) {
        try (Stream<Path> paths = Files.walk(root)) {
            return paths.filter(Files::isDirectory).filter(path -> isVisible(root.relativize(path))).sorted()
                    .map(CaseFolder::tidy).map(CaseFolder::read).filter(CaseFolder::isCase).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("looking for tests in " + root, e);
        }
    }

    private static boolean isVisible(Path path) {
        for (var part : path) {
            if (part.toString().startsWith(".") || part.toString().equals("target")) {
                return false;
            }
        }
        return true;
    }

    /// Without `./` before it, unless that is all.
    private static Path tidy(Path path) {
        var tidy = path.normalize();
        return tidy.toString().isEmpty() ? path : tidy;
    }

    private static CaseFolder read(Path folder) {
        var objects = new ArrayList<Path>();
        var inputs = new ArrayList<Path>();
        var others = new ArrayList<Path>();
        try (Stream<Path> files = Files.list(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var name = name(file);
                if (name.matches("request(-.+)?\\.http") || TestFiles.isEvent(file)) {
                    inputs.add(file);
                } else if (name.matches(".+\\.ya?ml") && !name.equals(EXPECTED)) {
                    objects.add(file);
                } else {
                    others.add(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("reading the folder " + folder, e);
        }
        return new CaseFolder(folder, List.copyOf(objects), List.copyOf(inputs), List.copyOf(others));
    }

    private boolean isCase() {
        return !inputs.isEmpty() || Files.exists(expected());
    }

    Path expected() {
        return folder.resolve(EXPECTED);
    }

    static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
