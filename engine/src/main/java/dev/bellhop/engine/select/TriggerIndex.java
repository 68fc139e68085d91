package dev.bellhop.engine.select;

import static java.util.Collections.unmodifiableMap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.trigger.CompiledTrigger;

/// The Triggers of one EventListener, found by route. Immutable.
public final class TriggerIndex {
    private final Map<ObjectName, CompiledTrigger> byName;
    private final Map<String, Tenant> byNamespace;
    private final Map<ObjectName, Map<String, String>> broken;
    private final Candidates all;

    /// The Triggers of one namespace.
    private record Tenant(List<CompiledTrigger> triggers, Candidates candidates) {}

    private TriggerIndex(Map<ObjectName, CompiledTrigger> byName, Map<String, Tenant> byNamespace,
            Map<ObjectName, Map<String, String>> broken, Candidates all) {
        this.byName = byName;
        this.byNamespace = byNamespace;
        this.broken = broken;
        this.all = all;
    }

    /// An index of `sound` Triggers, which knows of `broken` ones that they are there, and their labels.
    public static TriggerIndex of(Collection<CompiledTrigger> sound, Map<ObjectName, Map<String, String>> broken) {
        var byName = new HashMap<ObjectName, CompiledTrigger>();
        sound.forEach(trigger -> byName.put(trigger.name(), trigger));
        var byNamespace = new HashMap<String, Tenant>();
        sound.stream().collect(Collectors.groupingBy(trigger -> trigger.name().namespace()))
                .forEach((namespace, triggers) -> byNamespace.put(namespace,
                        new Tenant(List.copyOf(triggers), ContentIndex.of(triggers))));
        // Not Map.copyOf, which takes long for names whose hashes lie close together.
        return new TriggerIndex(unmodifiableMap(byName), unmodifiableMap(byNamespace),
                unmodifiableMap(new HashMap<>(broken)),
                ContentIndex.of(sound));
    }

    /// How many Triggers it holds, sound and broken.
    public int size() {
        return byName.size() + broken.size();
    }

    /// A sound Trigger by its name.
    public Optional<CompiledTrigger> find(ObjectName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /// Whether it holds a sound Trigger of the namespace.
    public boolean serves(String namespace) {
        return byNamespace.containsKey(namespace);
    }

    /// The names of all sound Triggers.
    public Set<ObjectName> names() {
        return byName.keySet();
    }

    /// What `route` leads to.
    public Addressed addressed(Route route) {
        return switch (route) {
            case Route.Malformed(var why) -> new Addressed.Malformed(why);
            case Route.All _ ->
                byName.isEmpty() && !broken.isEmpty() ? new Addressed.NotReady() : new Addressed.Triggers(all);
            case Route.Nowhere _ -> new Addressed.Nobody();
            case Route.One(var name) -> one(name);
            case Route.InNamespace(var namespace) -> {
                var tenant = byNamespace.get(namespace);
                yield tenant == null
                        ? absent(namespace, TriggerIndex::anything)
                        : new Addressed.Triggers(tenant.candidates);
            }
            case Route.Labelled(var namespace, var labels) -> labelled(namespace, labels);
        };
    }

    private Addressed one(ObjectName name) {
        var trigger = byName.get(name);
        if (trigger != null) {
            var only = List.of(trigger);
            return new Addressed.Triggers(_ -> only);
        }
        return broken.containsKey(name) ? new Addressed.NotReady() : new Addressed.Nobody();
    }

    private Addressed absent(String namespace, Predicate<Map<String, String>> labels) {
        return broken.entrySet().stream().anyMatch(
                entry -> entry.getKey().namespace().equals(namespace) && labels.test(entry.getValue()))
                        ? new Addressed.NotReady()
                        : new Addressed.Nobody();
    }

    private Addressed labelled(String namespace, LabelQuery labels) {
        var tenant = byNamespace.get(namespace);
        if (tenant == null) {
            return absent(namespace, labels::matches);
        }
        if (tenant.triggers.stream().noneMatch(trigger -> labels.matches(trigger.labels()))) {
            return absent(namespace, labels::matches);
        }
        return new Addressed.Triggers(event -> {
            var concerned = new ArrayList<>(tenant.candidates.concerning(event));
            concerned.removeIf(trigger -> !labels.matches(trigger.labels()));
            return concerned;
        });
    }

    private static boolean anything(Map<String, String> labels) {
        return true;
    }
}
