package dev.bellhop.cli.dev;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/// What runs in this process, in the order in which it was opened.
final class OwnProcess implements AutoCloseable {
    private final List<AutoCloseable> running = new ArrayList<>();
    private final Consumer<String> complaints;

    /// What cannot be closed is told to `complaints`.
    OwnProcess(Consumer<String> complaints) {
        this.complaints = complaints;
    }

    /// From now on it is closed with the others.
    <T extends AutoCloseable> T opened(T part) {
        running.add(part);
        return part;
    }

    /// A folder that is gone when this is closed.
    Path temporaryFolder() throws IOException {
        var folder = Files.createTempDirectory("bellhop");
        running.add(() -> {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        });
        return folder;
    }

    /// Closes everything, the last first.
    @Override
    public void close() {
        for (var part : running.reversed()) {
            try {
                part.close();
            } catch (Exception e) {
                complaints.accept("closing " + part.getClass().getSimpleName() + " failed: " + e);
            }
        }
        running.clear();
    }
}
