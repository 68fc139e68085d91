package dev.bellhop.controller.expose;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/// The kinds of objects that are made to expose something.
enum MadeKind {
    /// Stands for the listener in another namespace, whose Ingresses cannot name it.
    SERVICE("", "v1", "Service", "services"),
    /// Leads from a host and path to the listener.
    INGRESS("networking.k8s.io", "v1", "Ingress", "ingresses"),
    /// Lets HTTPRoutes of another namespace name the listener's Service.
    REFERENCE_GRANT("gateway.networking.k8s.io", "v1beta1", "ReferenceGrant", "referencegrants"),
    /// Leads from a host and path to the listener.
    HTTP_ROUTE("gateway.networking.k8s.io", "v1", "HTTPRoute", "httproutes");

    private final String group;
    private final String version;
    private final String kindName;
    private final String plural;

    MadeKind(String group, String version, String kindName, String plural) {
        this.group = group;
        this.version = version;
        this.kindName = kindName;
        this.plural = plural;
    }

    String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    String kindName() {
        return kindName;
    }

    ResourceDefinitionContext context() {
        return new ResourceDefinitionContext.Builder().withGroup(group).withVersion(version).withKind(kindName)
                .withPlural(plural).withNamespaced(true).build();
    }
}
