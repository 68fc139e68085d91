package dev.bellhop.cli.send;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /// What people mean by the bare name of an event: a push is one of commits to a branch.
    private static final Map<String, String> USUAL = Map.of("push", "push-5", "pull_request", "opened",
            "issues", "opened", "release", "published");

    private final SortedMap<String, List<Payload>> byEvent;

    private GithubPayloads(SortedMap<String, List<Payload>> byEvent) {
        this.byEvent = byEvent;
    }

    /// One recorded body.
    record Payload(String event, String name) {
        /// Byte for byte as GitHub sent it.
        byte[] bytes() {
            var file = "github/" + event + "/" + name + ".json";
            try (var in = Objects.requireNonNull(GithubPayloads.class.getResourceAsStream(file), file)) {
                return in.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException("reading the recorded payload " + file, e);
            }
        }

        ObjectNode json() {
            try {
                return (ObjectNode) JSON.readTree(bytes());
            } catch (IOException e) {
                throw new UncheckedIOException("reading the recorded payload " + event + "/" + name, e);
            }
        }

        boolean hasAction(String action) {
            return json().path("action").asText().equals(action);
        }
    }

    /// Lists them all.
    static GithubPayloads recorded() {
        var location = GithubPayloads.class.getResource("github");
        if (location == null) {
            throw new CommandFailure("this build of bellhop carries no recorded GitHub payloads");
        }
        try {
            return list(location.toURI());
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("listing the recorded payloads in " + location, e);
        }
    }

    private static GithubPayloads list(URI location) throws IOException {
        if (!location.getScheme().equals("jar")) {
            return list(Path.of(location));
        }
        try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
            return list(jar.provider().getPath(location));
        }
    }

    private static GithubPayloads list(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            return new GithubPayloads(files.filter(path -> path.toString().endsWith(".json"))
                    .map(file -> new Payload(name(Objects.requireNonNull(file.getParent())),
                            name(file).replaceFirst("\\.json$", "")))
                    .sorted(Comparator.comparing(Payload::name))
                    .collect(Collectors.groupingBy(Payload::event, TreeMap::new, Collectors.toList())));
        }
    }

    private static String name(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /// The names of all payloads, or of those of one event, as `event/name`.
    Stream<String> names(Optional<String> event) {
        var payloads = event.map(this::of).orElseGet(
                () -> byEvent.values().stream().flatMap(List::stream).collect(Collectors.toList()));
        return payloads.stream().map(payload -> payload.event() + "/" + payload.name());
    }

    /// The payload of `event` with that name, or the first with that action, or the usual one.
    Payload choose(String event, Optional<String> name, Optional<String> action) {
        var usual = new Payload(event, USUAL.getOrDefault(event, ""));
        if (name.isEmpty() && action.isEmpty() && of(event).contains(usual)) {
            return usual;
        }
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
