package dev.bellhop.listener.source;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.source.kube.Door;
import dev.bellhop.listener.source.kube.OwnCluster;
import dev.bellhop.listener.source.resource.ResourceSource;
import dev.bellhop.spi.source.EventSourceType;
import dev.bellhop.spi.source.RunningSource;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/// A namespace of a test with a ServiceAccount `watcher` that may read ConfigMaps, and a source that watches as that.
public final class WatchedNamespace implements AutoCloseable {
    private static final YAMLMapper YAML = new YAMLMapper();

    private final InstalledCluster cluster;
    private final String namespace;
    private final TestContext context;
    private final OwnCluster own;
    private Optional<RunningSource> running = Optional.empty();

    public WatchedNamespace(InstalledCluster cluster, KubernetesClient listener) {
        this.cluster = cluster;
        namespace = cluster.namespace("");
        context = new TestContext(namespace);
        var config = listener.getConfiguration();
        own = new OwnCluster(config, () -> Optional.ofNullable(config.getOauthToken()));
        create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: watcher, namespace: NS}
                """);
        allow(namespace, "", "configmaps");
    }

    public InstalledCluster cluster() {
        return cluster;
    }

    public String namespace() {
        return namespace;
    }

    public TestContext context() {
        return context;
    }

    /// The way into the cluster as the watcher.
    public Door own() {
        return own.as(context);
    }

    /// Lets the watcher list, watch and get a kind in a namespace.
    public void allow(String where, String group, String resource) {
        allow(where, group, resource, resource);
    }

    /// The same under another name, for resources of one name in two groups.
    public void allow(String where, String group, String resource, String name) {
        create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: watch-NAME, namespace: WHERE}
                rules: [{apiGroups: ["GROUP"], resources: [RESOURCE], verbs: [list, watch, get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: watch-NAME, namespace: WHERE}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watch-NAME}
                subjects: [{kind: ServiceAccount, name: watcher, namespace: NS}]
                """.replace("WHERE", where).replace("GROUP", group).replace("RESOURCE", resource)
                .replace("NAME", name));
    }

    /// The same in the whole cluster.
    public void allowEverywhere(String group, String resource) {
        create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: watch-RESOURCE-NS}
                rules: [{apiGroups: ["GROUP"], resources: [RESOURCE], verbs: [list, watch, get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: watch-RESOURCE-NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: watch-RESOURCE-NS}
                subjects: [{kind: ServiceAccount, name: watcher, namespace: NS}]
                """.replace("GROUP", group).replace("RESOURCE", resource));
    }

    public void create(String yaml) {
        cluster.create(yaml.replace("NS", namespace));
    }

    public static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts a source of ConfigMaps with more fields, in YAML's flow style without braces.
    public void watchConfigMaps(String fields) {
        watch("{apiVersion: v1, kind: ConfigMap" + (fields.isEmpty() ? "" : ", " + fields) + "}");
        awaitConnected();
    }

    /// Starts a source.
    public void watch(String spec) {
        start(new ResourceSource(_ -> own()), spec);
    }

    /// Starts a source of any type.
    public void start(EventSourceType type, String spec) {
        var json = yaml(spec);
        assertSound(type, json);
        running = Optional.of(type.start(json, context));
    }

    private static void assertSound(EventSourceType type, JsonNode json) {
        var problems = type.problems(json);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems);
        }
    }

    public void awaitConnected() {
        await().atMost(Duration.ofSeconds(30)).until(context::isConnected);
    }

    /// Ends the source; its memory stays.
    public void stop() {
        running.ifPresent(RunningSource::close);
        running = Optional.empty();
        context.forgetHealth();
    }

    public ConfigMap configMap(String name, Map<String, String> labels, String value) {
        return cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(namespace)
                .withName(name).withLabels(labels).endMetadata().withData(Map.of("value", value)).build()).create();
    }

    public ConfigMap configMap(String name) {
        return configMap(name, Map.of(), "1");
    }

    public void edit(String name, String value) {
        cluster.admin().configMaps().inNamespace(namespace).withName(name)
                .edit(map -> new ConfigMapBuilder(map).withData(Map.of("value", value)).build());
    }

    public void delete(String name) {
        cluster.admin().configMaps().inNamespace(namespace).withName(name).delete();
    }

    @Override
    public void close() {
        stop();
        own.close();
    }
}
