package dev.bellhop.cli.convert.draft;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What a conversion brought about: objects in the order in which they were made, then the rights that they need; and what was
/// found.
public final class Output {
    private final Map<String, Made> objects = new LinkedHashMap<>();
    private final Map<String, Rights> rights = new LinkedHashMap<>();
    private final Set<Finding> findings = new LinkedHashSet<>();

    /// An object, and what it was made from.
    public record Made(ObjectNode object, String from) {}

    /// Where findings about `object` go.
    public Report report(InputObject object) {
        return new Report(object, findings::add);
    }

    /// Adds a Trigger.
    public TriggerDraft trigger(InputObject from, String name) {
        var draft = new TriggerDraft(from.namespace(), free("Trigger", from.namespace(), name));
        put(draft.json(), from);
        return draft;
    }

    /// Adds an EventSource.
    public SourceDraft source(InputObject from, String name) {
        var draft = new SourceDraft(from.namespace(), free("EventSource", from.namespace(), name));
        put(draft.json(), from);
        return draft;
    }

    /// Adds an EventListener.
    public DoorDraft door(InputObject from, String name) {
        var draft = new DoorDraft(from.namespace(), free("EventListener", from.namespace(), name));
        put(draft.json(), from);
        return draft;
    }

    /// Adds an object that is taken over nearly as it was.
    public void put(ObjectNode object, InputObject from) {
        objects.put(key(object), new Made(object, "From " + from.title() + " in " + from.file()));
    }

    /// The rights of a ServiceAccount. With `create` the ServiceAccount is written, too.
    public Rights rights(String namespace, String account, boolean create) {
        var found = rights.computeIfAbsent(namespace + "/" + account, _ -> new Rights(namespace, account));
        if (create) {
            found.create();
        }
        return found;
    }

    /// All objects.
    public List<Made> objects() {
        var all = new ArrayList<>(objects.values());
        rights.values().forEach(each -> each.objects().forEach(object -> all.add(
                new Made(object, "For ServiceAccount " + each.title()))));
        return all;
    }

    /// All findings, each once, in the order in which they were made.
    public List<Finding> findings() {
        return List.copyOf(findings);
    }

    private String free(String kind, String namespace, String name) {
        var candidate = name;
        for (int i = 2; objects.containsKey(kind + " " + namespace + "/" + candidate); i++) {
            candidate = Names.of(name, Integer.toString(i));
        }
        return candidate;
    }

    private static String key(ObjectNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/namespace").asText() + "/"
                + object.at("/metadata/name").asText();
    }

    /// An object of ours without content.
    static ObjectNode empty(String apiVersion, String kind, String namespace, String name) {
        var object = JsonNodeFactory.instance.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        var metadata = object.putObject("metadata").put("name", name);
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return object;
    }
}
