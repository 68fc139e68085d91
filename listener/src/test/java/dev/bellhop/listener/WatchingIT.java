package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.apiserver.EmbeddedApiServer;
import dev.bellhop.cluster.InstalledCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A watched object's changes, from the API server through a Trigger to what it creates, and over a restart of the listener.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class WatchingIT extends ListenerStage {
    @SuppressWarnings("unused")
    WatchingIT(ApiServer server) {}

    @BeforeEach
    void makerMayWatch() {
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: watcher, namespace: NS}
                rules: [{apiGroups: [""], resources: [configmaps], verbs: [list, watch]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: watcher, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: watcher}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void eachChangeIsActedOnOnceAlsoOverARestartAndWhatIsMadeStartsNoLoop() throws IOException {
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: seen, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          interceptors:
                          - ref: {name: cel}
                            params:
                            - name: filter
                              value: "event.type == 'add' || oldBody.data.value != body.data.value"
                            - name: overlays
                              value: [{key: what, expression: "event.type + ' ' + event.name"}]
                          bindings: [{name: what, value: $(extensions.what)}]
                          template:
                            spec:
                              params: [{name: what}]
                              resourcetemplates:
                              - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {what: $(tt.params.what)}}
                        ---
                        apiVersion: bellhop.dev/v1alpha1
                        kind: EventSource
                        metadata: {name: maps, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          triggers: [seen]
                          resource: {apiVersion: v1, kind: ConfigMap, events: [add, update]}
                        """);
        soon().until(() -> isConnected());
        write("one", "1");
        soon().untilAsserted(() -> assertThat(made()).containsExactly("add one"));
        write("one", "2");
        soon().untilAsserted(() -> assertThat(made()).containsExactlyInAnyOrder("add one", "update one"));
        listener.close();
        write("one", "3");
        write("two", "1");
        startListener();
        soon().untilAsserted(
                () -> assertThat(made()).containsExactlyInAnyOrder("add one", "update one", "update one",
                        "add two"));
        write("three", "1");
        soon().untilAsserted(() -> assertThat(made()).contains("add three").hasSize(5));
    }

    @Test
    void aTriggerThatMakesWhatItWatchesStopsAfterSomeHops() {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: again, namespace: NS}
                spec:
                  serviceAccountName: maker
                  template:
                    spec:
                      resourcetemplates:
                      - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {what: again}}
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: maps, namespace: NS}
                spec:
                  serviceAccountName: maker
                  triggers: [again]
                  resource: {apiVersion: v1, kind: ConfigMap, events: [add], includeOwn: true, maxHops: 3}
                """);
        soon().until(() -> isConnected());
        write("first", "1");
        soon().until(() -> made().size() == 4);
        await().during(Duration.ofSeconds(3)).until(() -> made().size() == 4);
    }

    @Test
    void eachClusterHasAStatusOfItsOwnAndOneThatIsAwayHarmsNoOther() {
        var first = EmbeddedApiServer.start(0);
        try (var far = new InstalledCluster(first)) {
            far.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + team.namespace() + "}");
            kubeconfig(first);
            team.create(
                    """
                            apiVersion: bellhop.dev/v1alpha1
                            kind: Trigger
                            metadata: {name: seen, namespace: NS}
                            spec:
                              serviceAccountName: maker
                              interceptors:
                              - ref: {name: cel}
                                params: [{name: overlays, value: [{key: what, expression: "event.cluster + ' ' + event.name"}]}]
                              bindings: [{name: what, value: $(extensions.what)}]
                              template:
                                spec:
                                  params: [{name: what}]
                                  resourcetemplates:
                                  - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {what: $(tt.params.what)}}
                            ---
                            apiVersion: bellhop.dev/v1alpha1
                            kind: EventSource
                            metadata: {name: maps, namespace: NS}
                            spec:
                              serviceAccountName: maker
                              triggers: [seen]
                              resource:
                                apiVersion: v1
                                kind: ConfigMap
                                events: [add]
                                clusters: [{name: local}, {name: cn-shanghai, secretRef: {name: far}}]
                            """);
            soon().until(() -> isConnected());
            write("one", "1");
            write(far, "two");
            soon().untilAsserted(
                    () -> assertThat(made()).containsExactlyInAnyOrder("local one", "cn-shanghai two"));
            assertThat(clusters()).containsExactly("cn-shanghai true Connected", "local true Connected");
        } finally {
            first.close();
        }
        soon().untilAsserted(
                () -> assertThat(clusters()).containsExactly("cn-shanghai false Unreachable",
                        "local true Connected"));
        assertThat(isConnected()).isFalse();
        write("three", "1");
        soon().untilAsserted(() -> assertThat(made()).contains("local three"));

        var second = EmbeddedApiServer.start(0);
        try (var again = new InstalledCluster(second)) {
            again.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + team.namespace() + "}");
            kubeconfig(second);
            soon().until(() -> isConnected());
            write(again, "four");
            soon().untilAsserted(() -> assertThat(made()).contains("cn-shanghai four").hasSize(4));
            assertThat(clusters()).containsExactly("cn-shanghai true Connected", "local true Connected");
        } finally {
            second.close();
        }
    }

    private void kubeconfig(ApiServer server) {
        cluster.admin().resource(new SecretBuilder().withNewMetadata().withNamespace(team.namespace()).withName("far")
                .endMetadata().withStringData(Map.of("kubeconfig", server.kubeconfig())).build())
                .createOr(operation -> operation.update());
    }

    /// Name, whether it is connected, and why, of each cluster.
    private List<String> clusters() {
        return source().getStatus().clusters().stream()
                .map(one -> one.name() + " " + one.connected() + " " + one.reason()).toList();
    }

    private EventSource source() {
        return cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("maps").get();
    }

    private boolean isConnected() {
        var source = source();
        return source.getStatus() != null && source.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("Connected") && condition.getStatus().equals("True"));
    }

    private void write(InstalledCluster where, String name) {
        where.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().build()).create();
    }

    private void write(String name, String value) {
        cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().withData(Map.of("value", value)).build()).createOr(operation -> operation.update());
    }

    private List<String> made() {
        return team.made().stream().map(map -> map.getData().get("what")).toList();
    }
}
