package dev.bellhop.listener.source.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.ApiProxy;
import dev.bellhop.listener.source.WatchedNamespace;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Several clusters and namespaces, kinds that appear later, and API servers that go away.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ClustersIT {
    private static ApiServer server;
    private static InstalledCluster cluster;
    private static KubernetesClient listener;

    private WatchedNamespace watched;

    @SuppressWarnings("unused")
    ClustersIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer started) {
        server = started;
        cluster = new InstalledCluster(server);
        listener = cluster.shipped("bellhop-listener");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        listener.close();
        cluster.close();
    }

    @BeforeEach
    void aNamespace() {
        watched = new WatchedNamespace(cluster, listener);
    }

    @AfterEach
    void theEnd() {
        watched.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30));
    }

    private String kubeconfig(String server, String userFields) throws IOException {
        var yaml = (ObjectNode) new YAMLMapper().readTree(ClustersIT.server.kubeconfig());
        var target = (ObjectNode) yaml.at("/clusters/0/cluster");
        if (!server.isEmpty()) {
            target.put("server", server);
        }
        var user = (ObjectNode) yaml.at("/users/0/user");
        user.removeAll();
        user.setAll((ObjectNode) WatchedNamespace.yaml("{" + userFields + "}"));
        return new YAMLMapper().writeValueAsString(yaml);
    }

    private String watcherToken() {
        return "token: " + cluster.token(watched.namespace(), "watcher");
    }

    @Test
    void bringsEachClustersChangesUnderItsName() throws IOException {
        watched.context().secret("east", Map.of("kubeconfig", kubeconfig("", watcherToken())));
        watched.watchConfigMaps("clusters: [{name: local}, {name: east, secretRef: {name: east}}]");
        watched.configMap("one");
        soon().untilAsserted(() -> assertThat(watched.context().kept())
                .extracting(event -> event.facts().get("cluster").asText()).containsExactlyInAnyOrder("local", "east"));
        assertThat(watched.context().kept()).extracting(event -> event.id()).doesNotHaveDuplicates();
    }

    @Test
    void aClusterThatCannotBeReachedIsToldAndHarmsNoOther() throws IOException {
        watched.context().secret("east", Map.of("kubeconfig", kubeconfig("https://127.0.0.1:1", watcherToken())));
        watched.watch("{apiVersion: v1, kind: ConfigMap, clusters: [{name: local},"
                + " {name: east, secretRef: {name: east}}]}");
        soon().untilAsserted(() -> assertThat(watched.context().health()).get()
                .isInstanceOfSatisfying(SourceHealth.Disconnected.class, health -> {
                    assertThat(health.reason()).isEqualTo("Unreachable");
                    assertThat(health.message()).contains("cluster east", "1 of 2").doesNotContain("cluster local");
                }));
        soon().untilAsserted(() -> assertThat(watched.context().clusters())
                .hasEntrySatisfying("local", health -> assertThat(health).isInstanceOf(SourceHealth.Connected.class))
                .hasEntrySatisfying("east", health -> assertThat(health)
                        .isInstanceOfSatisfying(SourceHealth.Disconnected.class,
                                one -> assertThat(one.reason()).isEqualTo("Unreachable"))));
        watched.configMap("one");
        soon().until(() -> watched.context().told().equals(List.of("add one")));
        watched.context().secret("east", Map.of("kubeconfig", kubeconfig("", watcherToken())));
        watched.awaitConnected();
        assertThat(watched.context().clusters().values()).hasSize(2)
                .allSatisfy(health -> assertThat(health).isInstanceOf(SourceHealth.Connected.class));
        watched.configMap("two");
        soon().until(() -> watched.context().kept().stream()
                .anyMatch(event -> event.facts().get("cluster").asText().equals("east")));
    }

    @Test
    void kubeTriggersKeysWorkAndTheCertificateIsChecked() throws IOException {
        watched.context().secret("east", Map.of("endpoint", server.url().toString()));
        watched.watch("{apiVersion: v1, kind: ConfigMap, clusters: [{name: east, secretRef: {name: east}}]}");
        awaitReason("BadCredentials", "no key ca.crt", "insecureSkipVerify: true");
        watched.context().secret("east", Map.of("endpoint", server.url().toString(), "ca.crt", authority()));
        awaitReason("Unauthorized|Forbidden", "cluster east");
    }

    private static String authority() throws IOException {
        JsonNode target = new YAMLMapper().readTree(server.kubeconfig()).at("/clusters/0/cluster");
        return new String(Base64.getDecoder().decode(target.path("certificate-authority-data").asText()),
                StandardCharsets.UTF_8);
    }

    @Test
    void aKubeconfigRunsNoProgramAndReadsNoFile() throws IOException {
        watched.context().secret("east", Map.of("kubeconfig",
                kubeconfig("", "exec: {command: /bin/false, apiVersion: client.authentication.k8s.io/v1}")));
        watched.watch("{apiVersion: v1, kind: ConfigMap, clusters: [{name: east, secretRef: {name: east}}]}");
        awaitReason("BadCredentials", "has the field exec");
        watched.context().secret("east", Map.of("kubeconfig", kubeconfig("", "tokenFile: /etc/hostname")));
        awaitReason("BadCredentials", "has the field tokenFile");
        watched.context().secret("east", Map.of("kubeconfig", kubeconfig("http://127.0.0.1:1", watcherToken())));
        awaitReason("BadCredentials", "must begin with https://");
    }

    private void awaitReason(String reason, String... words) {
        soon().untilAsserted(() -> assertThat(watched.context().health()).get()
                .isInstanceOfSatisfying(SourceHealth.Disconnected.class, health -> {
                    assertThat(health.reason()).matches(reason);
                    assertThat(health.message()).contains(words);
                }));
    }

    @Test
    void watchesTheNamespacesThatAreNamed() {
        var other = cluster.namespace("");
        watched.allow(other, "", "configmaps");
        watched.watchConfigMaps("namespaces: {matchNames: [" + watched.namespace() + ", " + other + "]}");
        watched.configMap("one");
        configMapIn(other, "two");
        soon().untilAsserted(
                () -> assertThat(watched.context().told()).containsExactlyInAnyOrder("add one", "add two"));
    }

    @Test
    void watchesNamespacesByTheirLabelsAsTheyComeAndGo() {
        watched.allowEverywhere("", "configmaps");
        watched.allowEverywhere("", "namespaces");
        var team = "team-" + watched.namespace();
        var first = cluster.namespace("team=" + team);
        configMapIn(first, "old");
        watched.watchConfigMaps("namespaces: {matchLabels: {team: " + team + "}}");
        watched.configMap("elsewhere");
        configMapIn(first, "one");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add one"));
        var second = cluster.namespace("team=" + team);
        configMapIn(second, "two");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add one", "add two"));
        cluster.admin().namespaces().withName(first).edit(namespace -> new NamespaceBuilder(namespace).editMetadata()
                .withLabels(Map.of()).endMetadata().build());
        soon().until(() -> watched.context().get("position/local/" + first).isEmpty());
        configMapIn(first, "left");
        configMapIn(second, "three");
        soon().untilAsserted(
                () -> assertThat(watched.context().told()).containsExactly("add one", "add two", "add three"));
    }

    @Test
    void watchesTheWholeCluster() {
        watched.allowEverywhere("", "configmaps");
        var other = cluster.namespace("");
        watched.watchConfigMaps("namespaces: {matchNames: ['*']}, namePrefix: " + watched.namespace());
        configMapIn(other, watched.namespace() + "-a");
        soon().untilAsserted(() -> assertThat(watched.context().told())
                .containsExactly("add " + watched.namespace() + "-a"));
    }

    private static void configMapIn(String namespace, String name) {
        cluster.create("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", namespace: " + namespace + "}");
    }

    @Test
    void aKindThatAppearsLaterIsWatchedFromItsFirstObjectOn() {
        var group = watched.namespace() + ".example.com";
        watched.allow(watched.namespace(), group, "widgets");
        watched.watch("{apiVersion: " + group + "/v1, kind: Widget}");
        awaitReason("KindNotServed", "Widget of " + group + "/v1");
        cluster.create("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.GROUP}
                spec:
                  group: GROUP
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}
                  versions:
                  - name: v1
                    served: true
                    storage: true
                    schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.replace("GROUP", group));
        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> {
            cluster.create("apiVersion: " + group + "/v1\nkind: Widget\nmetadata: {name: one, namespace: "
                    + watched.namespace() + "}");
            return true;
        });
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add one"));
        watched.awaitConnected();
    }

    @Test
    void anApiServerThatGoesAwayAndComesBackCostsNothing() throws IOException {
        try (var proxy = new ApiProxy(server.url());
                var through = cluster.shipped("bellhop-listener", proxy.url());
                var far = new WatchedNamespace(cluster, through)) {
            far.watchConfigMaps("");
            far.configMap("one");
            soon().until(() -> far.context().told().size() == 1);
            proxy.goDown();
            soon().until(() -> !far.context().isConnected());
            far.configMap("two");
            far.delete("one");
            proxy.comeBack();
            soon().untilAsserted(
                    () -> assertThat(far.context().told()).containsExactly("add one", "add two", "delete one"));
            far.awaitConnected();
        }
    }
}
