package dev.bellhop.engine.catalog;

import java.util.Map;

import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.EventListener;
import dev.bellhop.api.EventSource;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;

/// Everything Bellhop reads from a cluster, as of one moment. Immutable.
///
/// @param clusterBindings by name
/// @param namespaces      by name
public record Objects(
        Map<ObjectName, Stored<EventListener>> listeners,
        Map<ObjectName, Stored<Trigger>> triggers,
        Map<ObjectName, Stored<TriggerBinding>> bindings,
        Map<String, Stored<ClusterTriggerBinding>> clusterBindings,
        Map<ObjectName, Stored<TriggerTemplate>> templates,
        Map<ObjectName, Stored<EventSource>> sources,
        Map<String, StoredNamespace> namespaces) {

    /// An empty cluster.
    public static final Objects NONE = new Objects(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(),
            Map.of());

    public Objects {
        listeners = Snapshot.of(listeners);
        triggers = Snapshot.of(triggers);
        bindings = Snapshot.of(bindings);
        clusterBindings = Snapshot.of(clusterBindings);
        templates = Snapshot.of(templates);
        sources = Snapshot.of(sources);
        namespaces = Snapshot.of(namespaces);
    }
}
