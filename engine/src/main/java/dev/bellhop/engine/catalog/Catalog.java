package dev.bellhop.engine.catalog;

import java.util.Map;

import dev.bellhop.api.ObjectName;

/// What is served, as of one moment. Immutable; made by [CatalogCompiler].
public record Catalog(Map<ObjectName, ServedListener> listeners, Map<ObjectName, ServedSource> sources,
        Map<ObjectName, TriggerView> triggers, TenantLimits limits, Exposures exposures) {
    /// Nothing is served.
    public static final Catalog NOTHING = new Catalog(Map.of(), Map.of(), Map.of(), TenantLimits.DEFAULT,
            Exposures.NONE);

    public Catalog {
        listeners = Snapshot.of(listeners);
        sources = Snapshot.of(sources);
        triggers = Snapshot.of(triggers);
    }
}
