package dev.bellhop.engine.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.bind.Bindings;
import dev.bellhop.engine.bind.SourcedParam;
import dev.bellhop.engine.event.Body;
import dev.bellhop.engine.event.Event;
import dev.bellhop.engine.event.EventId;
import dev.bellhop.engine.event.Headers;
import io.fabric8.kubernetes.client.CustomResource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every folder below `cases/render` is a case: `in-binding.yaml`, `in-template.yaml`, `in-extensions.yaml` and `request.http` go in,
/// and either `expected-resources.yaml` or `expected-failure.txt` comes out. A file that is none of them fails the case.
class CaseTest {
    private static final Path CASES = Path.of("src/test/resources/cases/render");
    private static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    private final Set<String> used = new HashSet<>();

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void holds(String name) throws IOException {
        var folder = CASES.resolve(name);

        var outcome = outcome(folder);

        var failure = read(folder, "expected-failure.txt");
        if (failure.isPresent()) {
            assertThat(String.join("\n", outcome.problems())).isEqualTo(failure.get().strip());
        } else {
            assertThat(outcome.problems()).isEmpty();
            assertThat(YAML.writeValueAsString(outcome.resources()))
                    .isEqualTo(YAML.writeValueAsString(expected(folder)));
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(used);
        }
    }

    private record Outcome(List<ObjectNode> resources, List<String> problems) {}

    private Outcome outcome(Path folder) throws IOException {
        var template = object(folder, "in-template.yaml", TriggerTemplate.class);
        var params = new ArrayList<SourcedParam>();
        if (Files.exists(folder.resolve("in-binding.yaml"))) {
            for (var param : object(folder, "in-binding.yaml", TriggerBinding.class).getSpec().params()) {
                params.add(new SourcedParam("param '" + param.name() + "'", param.name(), param.value()));
            }
        }
        var problems = new ArrayList<String>();
        var bindings = Bindings.compile(params, template.getSpec().params());
        if (bindings instanceof Bindings.Compiled.Broken(var why)) {
            problems.addAll(why);
        }
        var annotations = Optional.ofNullable(template.getMetadata().getAnnotations()).orElse(Map.of());
        var compiled = Template.compile("TriggerTemplate", template.getSpec(), annotations);
        if (compiled instanceof Template.Compiled.Broken(var why)) {
            problems.addAll(why);
        }
        return problems.isEmpty()
                ? run(folder, ((Bindings.Compiled.Sound) bindings).bindings(),
                        ((Template.Compiled.Sound) compiled).template())
                : new Outcome(List.of(), problems);
    }

    private Outcome run(Path folder, Bindings bindings, Template template) throws IOException {
        return switch (bindings.bind(event(folder), extensions(folder))) {
            case Bindings.Bound.Failed(var why) -> new Outcome(List.of(), List.of(why));
            case Bindings.Bound.Values values ->
                switch (template.render(values, "11111111-2222-3333-4444-555555555555")) {
                    case Template.Rendered.Failed(var why) -> new Outcome(List.of(), List.of(why));
                    case Template.Rendered.Resources(var resources) -> new Outcome(resources, List.of());
                };
        };
    }

    private Event event(Path folder) throws IOException {
        var request = read(folder, "request.http").orElse("POST / HTTP/1.1\n\n{}");
        int end = request.indexOf("\n\n");
        var headers = request.substring(0, end).lines().skip(1).map(line -> line.split(": ", 2))
                .map(header -> Map.entry(header[0], header[1])).toList();
        var body = switch (Body.parse(request.substring(end + 2).getBytes(UTF_8))) {
            case Body.Parsed.Accepted(var accepted) -> accepted;
            case Body.Parsed.NotAccepted(var why) -> throw new AssertionError(why);
        };
        return new Event(new EventId("event-1"), Instant.EPOCH, "POST", "/", Headers.of(headers), body);
    }

    private ObjectNode extensions(Path folder) throws IOException {
        var extensions = read(folder, "in-extensions.yaml");
        return extensions.isEmpty()
                ? JsonNodeFactory.instance.objectNode()
                : (ObjectNode) YAML.readTree(extensions.get());
    }

    private List<JsonNode> expected(Path folder) throws IOException {
        var text = read(folder, "expected-resources.yaml").orElseThrow();
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(text).readAll();
    }

    private <T extends CustomResource<?, ?>> T object(Path folder, String file, Class<T> kind) throws IOException {
        return switch (ObjectReader.read(YAML.readTree(read(folder, file).orElseThrow()), kind)) {
            case ObjectReader.Read.Understood<T>(var object, var _) -> object;
            case ObjectReader.Read.Unreadable<T>(var why) -> throw new AssertionError(file + ": " + why);
        };
    }

    private Optional<String> read(Path folder, String file) throws IOException {
        used.add(file);
        var path = folder.resolve(file);
        return Files.exists(path) ? Optional.of(Files.readString(path)) : Optional.empty();
    }
}
