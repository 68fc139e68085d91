package dev.bellhop.plugin.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.Payload;
import dev.bellhop.spi.source.RunningSource;
import dev.bellhop.spi.source.SourceContext;
import dev.bellhop.spi.source.SourceEvent;
import dev.bellhop.spi.source.SourceHealth;

/// Looks at a directory once a second. What it saw last of each file is remembered with the event that says so, so a restart
/// neither repeats a file nor misses one. A file that is written slowly may be brought before it is whole, and again when it is.
final class DirectorySource implements RunningSource {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);
    private static final String SEEN = "seen/";

    private final Path directory;
    private final SourceContext context;
    private final Thread thread = Thread.ofVirtual().name("directory").unstarted(this::run);
    private volatile boolean closed;

    DirectorySource(Path directory, SourceContext context) {
        this.directory = directory;
        this.context = context;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                look();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws InterruptedException {
        try {
            for (var file : files()) {
                bringIfChanged(file);
            }
            context.report(new SourceHealth.Connected("looks at " + directory));
        } catch (IOException | ExecutionException e) {
            context.report(
                    new SourceHealth.Disconnected("Unreadable", directory + " cannot be read: " + e.getMessage()));
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private void bringIfChanged(Path file) throws IOException, InterruptedException, ExecutionException {
        var name = directory.relativize(file).toString();
        var modified = Files.getLastModifiedTime(file).toInstant();
        var version = modified + " " + Files.size(file);
        var before = context.memory().get(SEEN + name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (!before.equals(Optional.of(version))) {
            bring(event(file, name, modified, version, before.isEmpty() ? "added" : "changed"));
        }
    }

    private SourceEvent event(Path file, String name, Instant modified, String version, String type)
            throws IOException {
        return new SourceEvent(name + " " + version, type, name, modified,
                Map.of("path", TextNode.valueOf(file.toString()), "size", LongNode.valueOf(Files.size(file))),
                Map.of(), Payload.of(Files.readAllBytes(file)), Optional.empty(),
                Map.of(SEEN + name, Optional.of(version.getBytes(StandardCharsets.UTF_8))));
    }

    private void bring(SourceEvent event) throws InterruptedException, ExecutionException {
        while (context.emit(event).toCompletableFuture().get() instanceof Emitted.NotNow(var why, var retryAfter)) {
            context.report(new SourceHealth.Disconnected("NotAccepted", why));
            Thread.sleep(retryAfter);
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(CLOSE_WAIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
