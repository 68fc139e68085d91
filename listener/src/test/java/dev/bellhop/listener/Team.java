package dev.bellhop.listener;

import java.util.List;

import dev.bellhop.api.Bellhop;
import dev.bellhop.cluster.InstalledCluster;
import io.fabric8.kubernetes.api.model.ConfigMap;

/// A namespace of a test with a ServiceAccount `maker` that may create ConfigMaps.
record Team(InstalledCluster cluster, String namespace) {
    /// One with a name of its own, and a label such as `app=shop`.
    static Team in(InstalledCluster cluster, String label) {
        var team = new Team(cluster, cluster.namespace(label));
        team.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: maker, namespace: NS}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: maker, namespace: NS}
                rules: [{apiGroups: [""], resources: [configmaps], verbs: [create, get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: maker, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maker}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
        return team;
    }

    static Team in(InstalledCluster cluster) {
        return in(cluster, "");
    }

    /// Creates objects; `NS` stands for the namespace.
    void create(String yaml) {
        cluster.create(yaml.replace("NS", namespace));
    }

    /// Creates an EventListener that serves this namespace.
    void listener(String name) {
        create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: %s, namespace: NS}
                spec: {namespaceSelector: {matchNames: [NS]}}
                """.formatted(name));
    }

    /// Creates a Trigger that makes a ConfigMap `made-…` as `maker`; `interceptors` is YAML of a list.
    void trigger(String name, String interceptors) {
        trigger(name, interceptors, "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}");
    }

    /// The same, with the template's resources as YAML of a list without its brackets.
    void trigger(String name, String interceptors, String resources) {
        create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: %s, namespace: NS, labels: {app: %s}}
                spec:
                  serviceAccountName: maker
                  interceptors: %s
                  template: {spec: {resourcetemplates: [%s]}}
                """.formatted(name, name, interceptors, resources));
    }

    /// Creates a Secret `name` with key `token`.
    void secret(String name, String token) {
        create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: %s, namespace: NS}
                stringData: {token: '%s'}
                """.formatted(name, token));
    }

    /// An interceptor that wants GitHub's signature with the Secret.
    static String signedWith(String secret) {
        return "[{ref: {name: github}, params: [{name: secretRef, value: {secretName: " + secret
                + ", secretKey: token}}]}]";
    }

    /// The ConfigMaps that Triggers of this namespace made here.
    List<ConfigMap> made() {
        return cluster.admin().configMaps().inNamespace(namespace).withLabel(Bellhop.LABEL_EVENT_ID).list().getItems();
    }

    /// Those of one event.
    List<ConfigMap> made(String eventId) {
        return cluster.admin().configMaps().inNamespace(namespace).withLabel(Bellhop.LABEL_EVENT_ID, eventId).list()
                .getItems();
    }
}
