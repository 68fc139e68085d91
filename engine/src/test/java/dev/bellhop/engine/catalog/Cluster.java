package dev.bellhop.engine.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import io.fabric8.kubernetes.client.CustomResource;

/// The objects of a cluster, as an API server would keep them: a new resourceVersion with each change, a new generation with
/// each change of the spec, a new uid for what was deleted and written anew.
final class Cluster {
    private static final YAMLMapper YAML = YAMLMapper.builder().build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<String, Kept> objects = new TreeMap<>();
    private int version;

    private record Kept(String kind, ObjectName name, String uid, long generation, int version, JsonNode json) {}

    static Cluster of(String... documents) {
        var cluster = new Cluster();
        for (var document : documents) {
            cluster.apply(document);
        }
        return cluster;
    }

    /// Creates or replaces the objects of a YAML stream. Each needs `kind` and `metadata` only.
    Cluster apply(String yaml) {
        try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            while (documents.hasNext()) {
                put(documents.next());
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    Cluster delete(String kind, String namespace, String name) {
        if (objects.remove(key(kind, new ObjectName(namespace, name))) == null) {
            throw new IllegalArgumentException("there is no " + kind + " " + namespace + "/" + name);
        }
        return this;
    }

    private void put(JsonNode json) {
        var kind = json.path("kind").asText();
        var name = new ObjectName(json.at("/metadata/namespace").asText(), json.at("/metadata/name").asText());
        var before = objects.get(key(kind, name));
        version++;
        boolean sameSpec = before != null && before.json().path("spec").equals(json.path("spec"));
        long generation = before == null ? 1 : sameSpec ? before.generation() : before.generation() + 1;
        objects.put(key(kind, name), new Kept(kind, name, before == null ? "uid-" + version : before.uid(), generation,
                version, json));
    }

    Objects objects() {
        var namespaces = new HashMap<String, StoredNamespace>();
        all("Namespace").forEach(kept -> namespaces.put(kept.name().name(),
                new StoredNamespace(map(kept, "labels"), map(kept, "annotations"))));
        var clusterBindings = new HashMap<String, Stored<ClusterTriggerBinding>>();
        stored("ClusterTriggerBinding", ClusterTriggerBinding.class)
                .forEach((name, stored) -> clusterBindings.put(name.name(), stored));
        return new Objects(stored("EventListener", EventListener.class), stored("Trigger", Trigger.class),
                stored("TriggerBinding", TriggerBinding.class), clusterBindings,
                stored("TriggerTemplate", TriggerTemplate.class), stored("EventSource", EventSource.class), namespaces);
    }

    private <T extends CustomResource<?, ?>> Map<ObjectName, Stored<T>> stored(String kind, Class<T> type) {
        var stored = new HashMap<ObjectName, Stored<T>>();
        for (var kept : all(kind)) {
            stored.put(kept.name(), new Stored<>(kept.name(), kept.uid(), kept.generation(), "" + kept.version(),
                    map(kept, "labels"), map(kept, "annotations"), ObjectReader.read(kept.json(), type)));
        }
        return stored;
    }

    private Iterable<Kept> all(String kind) {
        return objects.values().stream().filter(kept -> kept.kind().equals(kind)).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> map(Kept kept, String field) {
        var json = kept.json().at("/metadata/" + field);
        return json.isMissingNode() ? Map.of() : JSON.convertValue(json, Map.class);
    }

    private static String key(String kind, ObjectName name) {
        return kind + " " + name;
    }
}
