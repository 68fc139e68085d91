package dev.bellhop.engine.catalog;

import java.util.HashMap;
import java.util.Map;

import dev.bellhop.api.ClusterTriggerBinding;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader.Read;
import dev.bellhop.api.TriggerBinding;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.engine.trigger.References;
import org.jspecify.annotations.Nullable;

/// Looks references up in [Objects] and remembers what was seen, also that something was absent, so that a later look tells
/// whether compiling again would see the same.
final class RecordedReferences implements References {
    private final Objects objects;
    private final Map<Target, String> seen = new HashMap<>();

    /// Something that was looked up.
    record Target(String kind, ObjectName name) {}

    RecordedReferences(Objects objects) {
        this.objects = objects;
    }

    /// What was looked up, each with the version that was found; grows with every look-up.
    Map<Target, String> seen() {
        return seen;
    }

    /// Whether every target has the version that was seen.
    static boolean unchanged(Map<Target, String> seen, Objects objects) {
        return seen.entrySet().stream().allMatch(entry -> {
            var name = entry.getKey().name();
            var stored = switch (entry.getKey().kind()) {
                case "TriggerBinding" -> objects.bindings().get(name);
                case "ClusterTriggerBinding" -> objects.clusterBindings().get(name.name());
                default -> objects.templates().get(name);
            };
            return entry.getValue().equals(version(stored));
        });
    }

    @Override
    public @Nullable Read<TriggerBinding> binding(ObjectName name) {
        return remember("TriggerBinding", name, objects.bindings().get(name));
    }

    @Override
    public @Nullable Read<ClusterTriggerBinding> clusterBinding(String name) {
        return remember("ClusterTriggerBinding", new ObjectName("", name), objects.clusterBindings().get(name));
    }

    @Override
    public @Nullable Read<TriggerTemplate> template(ObjectName name) {
        return remember("TriggerTemplate", name, objects.templates().get(name));
    }

    private <T> @Nullable Read<T> remember(String kind, ObjectName name, @Nullable Stored<T> found) {
        seen.put(new Target(kind, name), version(found));
        return found == null ? null : found.content();
    }

    private static String version(@Nullable Stored<?> stored) {
        return stored == null ? "absent" : stored.uid() + "/" + stored.resourceVersion();
    }
}
