package dev.bellhop.cli.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/// The YAML files of a folder that are there for `bellhop test` and hold no objects: whoever applies the folder leaves them out.
public final class TestFiles {
    /// What is expected of the requests and events of the folder.
    public static final String EXPECTED = "expected.yaml";

    private static final Pattern EVENT = Pattern.compile("event(-.+)?\\.ya?ml");
    private static final Pattern OBJECT = Pattern.compile("(?m)^(apiVersion|\"?kind\"?)\\s*:");

    private TestFiles() {}

    /// Whether it is `expected.yaml`, or `event.yaml` or `event-*.yaml` without an object in it.
    public static boolean isOne(Path file) {
        return name(file).equals(EXPECTED) || isEvent(file);
    }

    /// Whether it is an event of a source: called `event.yaml` or `event-*.yaml`, and without an object in it.
    public static boolean isEvent(Path file) {
        try {
            return EVENT.matcher(name(file)).matches() && !OBJECT.matcher(Files.readString(file)).find();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private static String name(Path file) {
        return Objects.requireNonNull(file.getFileName()).toString();
    }
}
