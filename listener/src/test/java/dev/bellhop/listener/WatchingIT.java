package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
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

    private boolean isConnected() {
        var source = cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("maps").get();
        return source.getStatus() != null && source.getStatus().conditions().stream()
                .anyMatch(condition -> condition.getType().equals("Connected") && condition.getStatus().equals("True"));
    }

    private void write(String name, String value) {
        cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName(name)
                .endMetadata().withData(Map.of("value", value)).build()).createOr(operation -> operation.update());
    }

    private List<String> made() {
        return team.made().stream().map(map -> map.getData().get("what")).toList();
    }
}
