package dev.bellhop.controller;

import java.util.Map;

import dev.bellhop.api.Bellhop;
import dev.bellhop.api.ObjectName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/// Writes a status by server-side apply, so that what others write beside it stays theirs.
final class StatusClient {
    private static final PatchContext APPLY = new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("bellhop-controller").withForce(true).build();

    private final KubernetesClient client;
    private final RequestConfig once;

    StatusClient(KubernetesClient client) {
        this.client = client;
        // A client that tries again by itself would hold up newer statuses.
        once = new RequestConfigBuilder().withRequestRetryBackoffLimit(0)
                .withRequestTimeout(client.getConfiguration().getRequestTimeout()).build();
    }

    /// Writes; the result is the object's new resourceVersion. An object that was deleted and made anew is not the one
    /// meant: it is refused as a conflict.
    <S> String apply(StatusType<S> type, ObjectName name, String uid, S status) {
        var body = client.getKubernetesSerialization().asJson(Map.of(
                "apiVersion", Bellhop.API_VERSION,
                "kind", type.kindName(),
                "metadata", Map.of("namespace", name.namespace(), "name", name.name(), "uid", uid),
                "status", status));
        // Only named: what is looked up by name would be read before it is written.
        var named = new GenericKubernetesResourceBuilder().withApiVersion(Bellhop.API_VERSION).withKind(type.kindName())
                .withNewMetadata().withNamespace(name.namespace()).withName(name.name()).endMetadata().build();
        return client.adapt(NamespacedKubernetesClient.class).withRequestConfig(once).call(c -> c
                .genericKubernetesResources(ResourceDefinitionContext.fromResourceType(type.kind()))
                .resource(named).subresource("status").patch(APPLY, body).getMetadata().getResourceVersion());
    }
}
