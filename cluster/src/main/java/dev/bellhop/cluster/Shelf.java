package dev.bellhop.cluster;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.ObjectReader;
import dev.bellhop.engine.catalog.Stored;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/// The objects of one of our kinds. They arrive as free JSON and are read one by one, so that an object which cannot be read
/// does not keep the informer from following the others.
final class Shelf<T extends CustomResource<?, ?>> implements ResourceEventHandler<GenericKubernetesResource> {
    private final Map<ObjectName, Stored<T>> objects = new ConcurrentHashMap<>();
    private final KubernetesClient client;
    private final Class<T> kind;
    private final Runnable changed;
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    Shelf(KubernetesClient client, Class<T> kind, Runnable changed) {
        this.client = client;
        this.kind = kind;
        this.changed = changed;
        informer = client.genericKubernetesResources(ResourceDefinitionContext.fromResourceType(kind)).inAnyNamespace()
                .runnableInformer(0);
    }

    /// The informer, not yet started, that keeps this shelf up to date.
    SharedIndexInformer<GenericKubernetesResource> informer() {
        informer.addEventHandler(this);
        return informer;
    }

    /// Whether the informer has handed over all that it knows.
    boolean hasAll() {
        return objects.size() >= informer.getStore().listKeys().size();
    }

    Map<ObjectName, Stored<T>> objects() {
        return objects;
    }

    @Override
    public void onAdd(GenericKubernetesResource object) {
        put(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
        var known = objects.get(name(object));
        if (known == null || !known.resourceVersion().equals(object.getMetadata().getResourceVersion())) {
            put(object);
        }
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean stateUnknown) {
        objects.remove(name(object));
        changed.run();
    }

    private void put(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        var json = client.getKubernetesSerialization().convertValue(object, JsonNode.class);
        objects.put(name(object), new Stored<>(
                name(object),
                metadata.getUid(),
                Objects.requireNonNullElse(metadata.getGeneration(), 0L),
                metadata.getResourceVersion(),
                Objects.requireNonNullElse(metadata.getLabels(), Map.of()),
                Objects.requireNonNullElse(metadata.getAnnotations(), Map.of()),
                ObjectReader.read(json, kind)));
        changed.run();
    }

    private static ObjectName name(GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        return new ObjectName(Objects.requireNonNullElse(metadata.getNamespace(), ""), metadata.getName());
    }

    @Override
    public String toString() {
        return kind.getSimpleName() + "s of " + Bellhop.API_VERSION;
    }
}
