package dev.bellhop.controller.expose;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.api.ObjectName;
import dev.bellhop.controller.expose.MadeObject.ObjectKey;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.jspecify.annotations.Nullable;

/// Reads and writes the objects that expose something. Every method may throw a `KubernetesClientException`.
final class ObjectClient {
    private final KubernetesClient client;
    private final RequestConfig once;

    ObjectClient(KubernetesClient client) {
        this.client = client;
        once = new RequestConfigBuilder().withRequestRetryBackoffLimit(0)
                .withRequestTimeout(client.getConfiguration().getRequestTimeout()).build();
    }

    /// An object as the cluster has it.
    record Had(ObjectKey key, String uid, JsonNode json, GenericKubernetesResource resource) {}

    /// All of a kind that have our label, in one namespace or, without one, in all.
    List<Had> list(MadeKind kind, @Nullable String namespace) {
        return with(c -> {
            var all = c.genericKubernetesResources(kind.context());
            var items = namespace == null
                    ? all.inAnyNamespace().withLabel(Blueprint.MANAGED_BY, Blueprint.US).list().getItems()
                    : all.inNamespace(namespace).withLabel(Blueprint.MANAGED_BY, Blueprint.US).list().getItems();
            return items.stream().map(item -> had(kind, item)).toList();
        });
    }

    Optional<Had> get(ObjectKey key) {
        return with(c -> Optional.ofNullable(c.genericKubernetesResources(key.kind().context())
                .inNamespace(key.name().namespace()).withName(key.name().name()).get())
                .map(item -> had(key.kind(), item)));
    }

    /// Writes by server-side apply. With `before`, it must still be that object; without, what somebody else made meanwhile is
    /// not taken from him: either is refused as a conflict.
    Had apply(MadeObject object, Optional<Had> before) {
        var context = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(Blueprint.US).withForce(before.isPresent()).build();
        var key = object.key();
        ObjectNode body = object.content().deepCopy();
        before.ifPresent(had -> ((ObjectNode) body.path("metadata")).put("uid", had.uid));
        // Only named: what is looked up by name would be read before it is written.
        var named = new GenericKubernetesResourceBuilder().withApiVersion(key.kind().apiVersion())
                .withKind(key.kind().kindName()).withNewMetadata().withNamespace(key.name().namespace())
                .withName(key.name().name()).endMetadata().build();
        return had(key.kind(), with(c -> c.genericKubernetesResources(key.kind().context()).resource(named)
                .patch(context, body.toString())));
    }

    /// Deletes the object if nobody has changed it since it was read.
    void delete(Had had) {
        with(c -> c.genericKubernetesResources(had.key.kind().context()).resource(had.resource)
                .lockResourceVersion(had.resource.getMetadata().getResourceVersion()).delete());
    }

    private Had had(MadeKind kind, GenericKubernetesResource item) {
        var metadata = item.getMetadata();
        return new Had(new ObjectKey(kind, new ObjectName(metadata.getNamespace(), metadata.getName())),
                metadata.getUid(), client.getKubernetesSerialization().convertValue(item, JsonNode.class), item);
    }

    private <T> T with(Function<NamespacedKubernetesClient, T> call) {
        return client.adapt(NamespacedKubernetesClient.class).withRequestConfig(once).call(c -> call.apply(c));
    }
}
