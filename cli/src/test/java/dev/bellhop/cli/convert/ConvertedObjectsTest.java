package dev.bellhop.cli.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.catalog.Objects;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.catalog.StoredNamespace;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.TriggerCompiler;
import dev.bellhop.listener.source.KnownSources;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Keeps what is written together with our kinds: a field that a kind does not have, or an expression that does not compile, is a
/// mistake of the conversion. What is missing because it could not be converted is listed in `expected-problems.txt` of the case.
class ConvertedObjectsTest {
    static List<Path> cases() throws IOException {
        return ConvertCommandTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void areSoundButForWhatCouldNotBeConverted(Path folder) throws IOException {
        var catalog = compile(Yaml.readAll(folder.resolve(ConvertCommandTest.OUTPUT)));
        var expected = folder.resolve(ConvertCommandTest.PROBLEMS);
        assertThat(Files.exists(expected) ? Files.readAllLines(expected) : List.of()).containsAll(problems(catalog));
    }

    private static List<String> problems(Catalog catalog) {
        var sentences = new ArrayList<String>();
        catalog.triggers().forEach((name, view) -> {
            if (view.compilation() instanceof Compilation.Broken(var problems)) {
                add("Trigger " + name, problems, sentences);
            }
        });
        catalog.listeners().forEach((name, served) -> add("EventListener " + name, served.problems(), sentences));
        catalog.sources().forEach((name, served) -> add("EventSource " + name, served.problems(), sentences));
        return sentences.stream().sorted().toList();
    }

    private static void add(String object, List<Problem> problems, List<String> sentences) {
        problems.forEach(problem -> sentences.add(object + ": " + problem.message()));
    }

    private static Catalog compile(List<JsonNode> objects) {
        var listeners = new HashMap<ObjectName, Stored<EventListener>>();
        var triggers = new HashMap<ObjectName, Stored<Trigger>>();
        var bindings = new HashMap<ObjectName, Stored<TriggerBinding>>();
        var clusterBindings = new HashMap<String, Stored<ClusterTriggerBinding>>();
        var templates = new HashMap<ObjectName, Stored<TriggerTemplate>>();
        var sources = new HashMap<ObjectName, Stored<EventSource>>();
        var namespaces = new HashMap<String, StoredNamespace>();
        for (var object : objects) {
            var name = name(object);
            namespaces.put(name.namespace(), new StoredNamespace(Map.of(), Map.of()));
            switch (object.path("kind").asText()) {
                case "EventListener" -> listeners.put(name, stored(object, EventListener.class));
                case "Trigger" -> triggers.put(name, stored(object, Trigger.class));
                case "TriggerBinding" -> bindings.put(name, stored(object, TriggerBinding.class));
                case "ClusterTriggerBinding" ->
                    clusterBindings.put(name.name(), stored(object, ClusterTriggerBinding.class));
                case "TriggerTemplate" -> templates.put(name, stored(object, TriggerTemplate.class));
                case "EventSource" -> sources.put(name, stored(object, EventSource.class));
                default -> assertThat(object.path("kind").asText()).isIn("ServiceAccount", "Role", "RoleBinding",
                        "ClusterRole", "ClusterRoleBinding");
            }
        }
        try (var client = new KubernetesClientBuilder().build()) {
            return new CatalogCompiler(new TriggerCompiler(), KnownSources.of(client)).compile(new Objects(listeners,
                    triggers, bindings, clusterBindings, templates, sources, namespaces));
        }
    }

    private static <T extends CustomResource<?, ?>> Stored<T> stored(JsonNode object, Class<T> kind) {
        var name = name(object);
        return new Stored<>(name, kind.getSimpleName() + name, 1, "1", Map.of(), Map.of(),
                ObjectReader.read(object, kind));
    }

    private static ObjectName name(JsonNode object) {
        return new ObjectName(object.at("/metadata/namespace").asText(), object.at("/metadata/name").asText());
    }
}
