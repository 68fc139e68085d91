package dev.bellhop.cli.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/// What a running `bellhop dev` tells the other commands about itself, through a file.
///
/// @param kubeconfig gives access to its cluster
/// @param eventUrl   where events are posted
/// @param adminUrl   where metrics and deliveries are read
/// @param dataDir    where its journal lies
public record DevState(long pid, Path kubeconfig, String eventUrl, String adminUrl, Path dataDir, Instant startedAt) {
    private static final JsonMapper JSON = new JsonMapper();

    /// `$XDG_STATE_HOME/bellhop/dev.json`, by default below `~/.local/state`.
    public static Path file(Map<String, String> environment) {
        var state = environment.get("XDG_STATE_HOME");
        var folder = state == null || state.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".local", "state")
                : Path.of(state);
        return folder.resolve("bellhop").resolve("dev.json");
    }

    /// Writes it for the others to read, all at once.
    public void write(Path file) {
        var json = JSON.createObjectNode()
                .put("pid", pid)
                .put("kubeconfig", kubeconfig.toString())
                .put("eventUrl", eventUrl)
                .put("adminUrl", adminUrl)
                .put("dataDir", dataDir.toString())
                .put("startedAt", startedAt.toString());
        try {
            Files.createDirectories(file.getParent());
            var next = Files.createTempFile(file.getParent(), "dev", ".json");
            Files.writeString(next, json.toPrettyString());
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing " + file, e);
        }
    }

    /// Removes the file if it is still this process's; another dev may have taken it over.
    public void remove(Path file) {
        if (read(file).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException("removing " + file, e);
            }
        }
    }

    /// The `bellhop dev` that runs now, if any. What a dead one left behind, or a process that got its number later, is not.
    public static Optional<DevState> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            var json = JSON.readTree(file.toFile());
            var state = new DevState(json.path("pid").asLong(), Path.of(json.path("kubeconfig").asText()),
                    json.path("eventUrl").asText(), json.path("adminUrl").asText(),
                    Path.of(json.path("dataDir").asText()), Instant.parse(json.path("startedAt").asText()));
            return Optional.of(state).filter(DevState::isAlive);
        } catch (JsonProcessingException | DateTimeParseException e) {
            // Written by another version: as good as none.
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }

    private boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().startInstant().map(start -> !start.isAfter(startedAt)).orElse(true))
                .isPresent();
    }
}
