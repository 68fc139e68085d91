package dev.bellhop.cli.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.cli.command.CommandFailure;
import dev.bellhop.cli.command.NearMiss;

/// The recorded webhooks of GitHub that this command carries: files `github/{event}/{name}.json` beside this class.
final class GithubPayloads {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final SortedMap<String, List<Payload>> byEvent;

    private GithubPayloads(SortedMap<String, List<Payload>> byEvent) {
        this.byEvent = byEvent;
    }

    /// One recorded body, byte for byte.
    record Payload(String event, String name, byte[] bytes) {
        ObjectNode json() {
            try {
                return (ObjectNode) JSON.readTree(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("reading the recorded payload " + event + "/" + name, e);
            }
        }

        boolean hasAction(String action) {
            return json().path("action").asText().equals(action);
        }
    }

    /// Reads them all.
    static GithubPayloads recorded() {
        var location = GithubPayloads.class.getResource("github");
        if (location == null) {
            throw new CommandFailure("this build of bellhop carries no recorded GitHub payloads");
        }
        try {
            return read(location.toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("reading the recorded payloads from " + location, e);
        }
    }

    private static GithubPayloads read(URI location) throws IOException {
        if (!location.getScheme().equals("jar")) {
            return read(Path.of(location));
        }
        try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
            return read(jar.provider().getPath(location));
        }
    }

    private static GithubPayloads read(Path folder) throws IOException {
        var byEvent = new TreeMap<String, List<Payload>>();
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (var file : files.filter(path -> path.toString().endsWith(".json")).sorted().toList()) {
                var event = Objects.requireNonNull(file.getParent().getFileName()).toString();
                var name = Objects.requireNonNull(file.getFileName()).toString().replaceFirst("\\.json$", "");
                byEvent.computeIfAbsent(event, _ -> new java.util.ArrayList<>())
                        .add(new Payload(event, name, Files.readAllBytes(file)));
            }
        }
        return new GithubPayloads(byEvent);
    }

    /// The names of all payloads, or of those of one event, as `event/name`.
    Stream<String> names(Optional<String> event) {
        var payloads = event.map(this::of).orElseGet(
                () -> byEvent.values().stream().flatMap(List::stream).collect(Collectors.toList()));
        return payloads.stream().map(payload -> payload.event() + "/" + payload.name());
    }

    /// The payload of `event` with that name, or the first with that action, or the first of all.
    Payload choose(String event, Optional<String> name, Optional<String> action) {
        return of(event).stream()
                .filter(payload -> name.isEmpty() || payload.name().equals(name.get()))
                .filter(payload -> action.isEmpty() || payload.hasAction(action.get()))
                .findFirst()
                .orElseThrow(() -> new CommandFailure("no recorded payload of '" + event + "' with "
                        + name.map(n -> "the name '" + n + "'").orElse("")
                        + (name.isPresent() && action.isPresent() ? " and " : "")
                        + action.map(a -> "the action '" + a + "'").orElse("") + "; it has: "
                        + names(Optional.of(event)).collect(Collectors.joining(", "))));
    }

    private List<Payload> of(String event) {
        var payloads = byEvent.get(event);
        if (payloads == null) {
            throw new CommandFailure("no recorded payload of the GitHub event '" + event + "'"
                    + NearMiss.of(event, byEvent.keySet()).map(near -> "; did you mean '" + near + "'?").orElse("")
                    + " (--list tells all)");
        }
        return payloads;
    }
}
