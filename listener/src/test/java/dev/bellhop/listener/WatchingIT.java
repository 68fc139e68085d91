package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// A watched object's changes, from the API server through a Trigger to what it creates, and over a restart of the listener.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class WatchingIT {
    @TempDir
    static Path dataDirectory;
    private static InstalledCluster cluster;
    private static Path data;
    private static RunningListener listener;

    @SuppressWarnings("unused")
    WatchingIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        data = dataDirectory.resolve(server.name());
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), data);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        listener.close();
        cluster.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void eachChangeIsActedOnOnceAlsoOverARestartAndWhatIsMadeStartsNoLoop() throws IOException {
        var team = Team.in(cluster);
        team.create(
                """
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
                        ---
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
        soon().until(() -> isConnected(team));
        write(team, "one", "1");
        soon().untilAsserted(() -> assertThat(made(team)).containsExactly("add one"));
        write(team, "one", "2");
        soon().untilAsserted(() -> assertThat(made(team)).containsExactlyInAnyOrder("add one", "update one"));
        listener.close();
        write(team, "one", "3");
        write(team, "two", "1");
        listener = RunningListener.start(cluster.shipped("bellhop-listener"), data);
        soon().untilAsserted(
                () -> assertThat(made(team)).containsExactlyInAnyOrder("add one", "update one", "update one",
                        "add two"));
        write(team, "three", "1");
        soon().untilAsserted(() -> assertThat(made(team)).contains("add three").hasSize(5));
    }

    @Test
    void aTriggerThatMakesWhatItWatchesStopsAfterSomeHops() {
        var team = Team.in(cluster);
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
                ---
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
        soon().until(() -> isConnected(team));
        write(team, "first", "1");
        soon().until(() -> made(team).size() == 4);
        await().during(Duration.ofSeconds(3)).until(() -> made(team).size() == 4);
    }

    @Test
    void eachClusterHasAStatusOfItsOwnAndOneThatIsAwayHarmsNoOther() {
        var team = Team.in(cluster);
        var first = EmbeddedApiServer.start(0);
        try (var far = new InstalledCluster(first)) {
            far.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + team.namespace() + "}");
            kubeconfig(team, first);
            team.create(
                    """
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
                            ---
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
            soon().until(() -> isConnected(team));
            write(team, "one", "1");
            write(far, team, "two");
            soon().untilAsserted(
                    () -> assertThat(made(team)).containsExactlyInAnyOrder("local one", "cn-shanghai two"));
            assertThat(clusters(team)).containsExactly("cn-shanghai true Connected", "local true Connected");
        } finally {
            first.close();
        }
        soon().untilAsserted(
                () -> assertThat(clusters(team)).containsExactly("cn-shanghai false Unreachable",
                        "local true Connected"));
        assertThat(isConnected(team)).isFalse();
        write(team, "three", "1");
        soon().untilAsserted(() -> assertThat(made(team)).contains("local three"));

        var second = EmbeddedApiServer.start(0);
        try (var again = new InstalledCluster(second)) {
            again.create("apiVersion: v1\nkind: Namespace\nmetadata: {name: " + team.namespace() + "}");
            kubeconfig(team, second);
            soon().until(() -> isConnected(team));
            write(again, team, "four");
            soon().untilAsserted(() -> assertThat(made(team)).contains("cn-shanghai four").hasSize(4));
            assertThat(clusters(team)).containsExactly("cn-shanghai true Connected", "local true Connected");
        } finally {
            second.close();
        }
    }

    private static void kubeconfig(Team team, ApiServer server) {
        cluster.admin().resource(new SecretBuilder().withNewMetadata().withNamespace(team.namespace()).withName("far")
                .endMetadata().withStringData(Map.of("kubeconfig", server.kubeconfig())).build())
                .createOr(operation -> operation.update());
    }

    /// Name, whether it is connected, and why, of each cluster.
    private static List<String> clusters(Team team) {
        return source(team).getStatus().clusters().stream()
                .map(one -> one.name() + " " + one.connected() + " " + one.reason()).toList();
    }

    private static EventSource source(Team team) {
        return cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("maps").get();
    }

    private static boolean isConnected(Team team) {
        var source = source(team);
        return source.getStatus() != null && source.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("Connected") && condition.getStatus().equals("True"));
    }

    private static void write(InstalledCluster where, Team team, String name) {
        where.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().build()).create();
    }

    private static void write(Team team, String name, String value) {
        cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().withData(Map.of("value", value)).build()).createOr(operation -> operation.update());
    }

    private static List<String> made(Team team) {
        return team.made().stream().map(map -> map.getData().get("what")).toList();
    }
}
