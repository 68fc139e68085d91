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
import dev.bellhop.cluster.InstalledCluster;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
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

    private static boolean isConnected(Team team) {
        var source = cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("maps").get();
        return source.getStatus() != null && source.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("Connected") && condition.getStatus().equals("True"));
    }

    private static void write(Team team, String name, String value) {
        cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().withData(Map.of("value", value)).build()).createOr(operation -> operation.update());
    }

    private static List<String> made(Team team) {
        return team.made().stream().map(map -> map.getData().get("what")).toList();
    }
}
