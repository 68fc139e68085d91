package dev.bellhop.controller;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.catalog.Catalog;
import dev.bellhop.engine.catalog.CatalogCompiler;
import dev.bellhop.engine.catalog.Objects;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.catalog.StoredNamespace;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import io.fabric8.kubernetes.client.CustomResource;

/// A cluster written down as the YAML of its objects.
final class ObjectsInYaml {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final Map<ObjectName, Stored<EventListener>> listeners = new HashMap<>();
    private final Map<ObjectName, Stored<Trigger>> triggers = new HashMap<>();
    private final Map<ObjectName, Stored<TriggerBinding>> bindings = new HashMap<>();
    private final Map<String, Stored<ClusterTriggerBinding>> clusterBindings = new HashMap<>();
    private final Map<ObjectName, Stored<TriggerTemplate>> templates = new HashMap<>();
    private final Map<ObjectName, Stored<EventSource>> sources = new HashMap<>();
    private final Map<String, StoredNamespace> namespaces = new HashMap<>();

    private ObjectsInYaml() {}

    /// What is served of the objects in `yaml`, one document each.
    static Catalog catalog(String yaml) {
        var objects = new ObjectsInYaml();
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            documents.forEachRemaining(objects::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CatalogCompiler(new TriggerCompiler(), SourceTypes.NONE).compile(new Objects(objects.listeners,
                objects.triggers, objects.bindings, objects.clusterBindings, objects.templates, objects.sources,
                objects.namespaces));
    }

    private void add(JsonNode object) {
        switch (object.path("kind").asText()) {
            case "Namespace" -> namespaces.put(object.at("/metadata/name").asText(),
                    new StoredNamespace(texts(object, "labels"), texts(object, "annotations")));
            case "EventListener" -> put(listeners, stored(object, EventListener.class));
            case "Trigger" -> put(triggers, stored(object, Trigger.class));
            case "TriggerBinding" -> put(bindings, stored(object, TriggerBinding.class));
            case "TriggerTemplate" -> put(templates, stored(object, TriggerTemplate.class));
            case "EventSource" -> put(sources, stored(object, EventSource.class));
            case "ClusterTriggerBinding" -> {
                var stored = stored(object, ClusterTriggerBinding.class);
                clusterBindings.put(stored.name().name(), stored);
            }
            default -> throw new IllegalArgumentException("Not a kind that is served: " + object);
        }
    }

    private static <T> void put(Map<ObjectName, Stored<T>> shelf, Stored<T> stored) {
        shelf.put(stored.name(), stored);
    }

    private static <T extends CustomResource<?, ?>> Stored<T> stored(JsonNode object, Class<T> kind) {
        var metadata = object.path("metadata");
        var name = new ObjectName(metadata.path("namespace").asText(), metadata.path("name").asText());
        return new Stored<>(name, "uid-of-" + name, metadata.path("generation").asLong(1), "1", texts(object, "labels"),
                texts(object, "annotations"),
                ObjectReader.read(object, kind));
    }

    private static Map<String, String> texts(JsonNode object, String field) {
        return object.at("/metadata/" + field).properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asText()));
    }
}
