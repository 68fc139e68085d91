package dev.bellhop.cli.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.cli.command.Yaml;
import dev.bellhop.engine.catalog.Objects;
import dev.bellhop.engine.catalog.Stored;
import dev.bellhop.engine.catalog.StoredNamespace;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.secret.Secrets;
import dev.bellhop.engine.secret.Token;
import io.fabric8.kubernetes.client.CustomResource;

/// The objects of a test, as a cluster would hold them after `kubectl apply`. Kinds that the engine does not read, such as
/// ServiceAccounts, may be among them.
final class CaseObjects implements Secrets {
    private static final String DEFAULT_NAMESPACE = "default";

    private final Map<ObjectName, Stored<EventListener>> listeners = new HashMap<>();
    private final Map<ObjectName, Stored<Trigger>> triggers = new HashMap<>();
    private final Map<ObjectName, Stored<TriggerBinding>> bindings = new HashMap<>();
    private final Map<String, Stored<ClusterTriggerBinding>> clusterBindings = new HashMap<>();
    private final Map<ObjectName, Stored<TriggerTemplate>> templates = new HashMap<>();
    private final Map<ObjectName, Stored<EventSource>> sources = new HashMap<>();
    private final Map<String, StoredNamespace> namespaces = new HashMap<>();
    private final Map<ObjectName, Map<String, Token>> secrets = new HashMap<>();

    static CaseObjects read(List<Path> files) {
        var objects = new CaseObjects();
        files.forEach(objects::add);
        return objects;
    }

    /// Adds the objects of a file.
    void add(Path file) {
        try {
            for (var document : Yaml.readAll(file)) {
                add(file, document);
            }
        } catch (IOException e) {
            throw new UnusableInput(file + " is no YAML: " + e.getMessage(), e);
        }
    }

    /// What the engine is given.
    Objects objects() {
        return new Objects(listeners, triggers, bindings, clusterBindings, templates, sources, namespaces);
    }

    private void add(Path file, JsonNode object) {
        if (object.isNull() || object.isMissingNode()) {
            // `---` at the end of a file.
            return;
        }
        var apiVersion = object.path("apiVersion").asText();
        var kind = object.path("kind").asText();
        if (apiVersion.isEmpty() || kind.isEmpty()) {
            throw new UnusableInput(
                    file + " holds something that is no Kubernetes object: it needs apiVersion and kind");
        }
        if (kind.equals("List")) {
            object.path("items").forEach(item -> add(file, item));
        } else if (apiVersion.equals(Bellhop.API_VERSION)) {
            addOurs(file, kind, object);
        } else if (apiVersion.equals("v1") && kind.equals("Namespace")) {
            addNamespace(object.at("/metadata/name").asText(), texts(object.at("/metadata/labels")),
                    texts(object.at("/metadata/annotations")));
        } else if (apiVersion.equals("v1") && kind.equals("Secret")) {
            addSecret(file, object);
        }
    }

    private void addOurs(Path file, String kind, JsonNode object) {
        switch (kind) {
            case "EventListener" -> put(file, listeners, stored(object, EventListener.class));
            case "Trigger" -> put(file, triggers, stored(object, Trigger.class));
            case "TriggerBinding" -> put(file, bindings, stored(object, TriggerBinding.class));
            case "EventSource" -> put(file, sources, stored(object, EventSource.class));
            case "TriggerTemplate" -> put(file, templates, stored(object, TriggerTemplate.class));
            case "ClusterTriggerBinding" ->
                clusterBindings.put(object.at("/metadata/name").asText(), stored(object, ClusterTriggerBinding.class));
            case "EventRecord" -> {
                // What actions write; nothing reads it.
            }
            default -> throw new UnusableInput(file + ": " + Bellhop.API_VERSION + " has no kind '" + kind + "'");
        }
    }

    private <T> void put(Path file, Map<ObjectName, Stored<T>> shelf, Stored<T> stored) {
        if (shelf.put(stored.name(), stored) != null) {
            throw new UnusableInput(file + ": " + stored.name() + " is there twice");
        }
        if (!namespaces.containsKey(stored.name().namespace())) {
            addNamespace(stored.name().namespace(), Map.of(), Map.of());
        }
    }

    private void addNamespace(String name, Map<String, String> labels, Map<String, String> annotations) {
        var all = new HashMap<>(labels);
        // Every API server adds it.
        all.put("kubernetes.io/metadata.name", name);
        namespaces.put(name, new StoredNamespace(all, annotations));
    }

    private void addSecret(Path file, JsonNode secret) {
        var values = new HashMap<String, Token>();
        texts(secret.path("data")).forEach((key, value) -> {
            try {
                values.put(key, Token.of(Base64.getDecoder().decode(value)));
            } catch (IllegalArgumentException e) {
                throw new UnusableInput(file + ": data." + key + " of Secret " + name(secret)
                        + " is not base64; plain text goes into stringData", e);
            }
        });
        texts(secret.path("stringData")).forEach((key, value) -> values.put(key, Token.of(value)));
        secrets.put(name(secret), values);
    }

    private static <T extends CustomResource<?, ?>> Stored<T> stored(JsonNode object, Class<T> kind) {
        boolean clustered = kind == ClusterTriggerBinding.class;
        var name = clustered ? new ObjectName("", name(object).name()) : name(object);
        var uid = UUID.nameUUIDFromBytes((kind.getSimpleName() + " " + name).getBytes(StandardCharsets.UTF_8));
        return new Stored<>(name, uid.toString(), 1, "1", texts(object.at("/metadata/labels")),
                texts(object.at("/metadata/annotations")), ObjectReader.read(object, kind));
    }

    private static ObjectName name(JsonNode object) {
        var namespace = object.at("/metadata/namespace").asText();
        return new ObjectName(namespace.isEmpty() ? DEFAULT_NAMESPACE : namespace,
                object.at("/metadata/name").asText());
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new HashMap<String, String>();
        node.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(texts);
    }

    @Override
    public Lookup find(SecretRef ref) {
        var values = secrets.get(new ObjectName(ref.namespace(), ref.name()));
        if (values == null) {
            return new Lookup.Missing("Secret " + ref.namespace() + "/" + ref.name() + " is not in the folder");
        }
        return Optional.ofNullable(values.get(ref.key())).<Lookup>map(Lookup.Found::new)
                .orElseGet(() -> new Lookup.Missing(ref + " is not in the folder; its keys: "
                        + values.keySet().stream().sorted().toList()));
    }
}
