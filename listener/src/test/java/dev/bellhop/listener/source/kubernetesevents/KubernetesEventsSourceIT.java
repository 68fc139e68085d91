package dev.bellhop.listener.source.kubernetesevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import dev.bellhop.api.Bellhop;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.source.WatchedNamespace;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Which of Kubernetes' Events the source `kubernetesEvents` brings, and how it tells them.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class KubernetesEventsSourceIT {
    private static InstalledCluster cluster;
    private static KubernetesClient listener;

    private WatchedNamespace watched;

    @SuppressWarnings("unused")
    KubernetesEventsSourceIT(ApiServer server) {}

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) {
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
        watched.allow(watched.namespace(), "", "events");
        watched.allow(watched.namespace(), "", "pods");
    }

    @AfterEach
    void theEnd() {
        watched.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }

    private void watch(String spec) {
        watched.start(new KubernetesEventsSource(_ -> watched.own()), spec);
        watched.awaitConnected();
    }

    private void event(String name, String kind, String object, String reason, int count) {
        watched.create("""
                apiVersion: v1
                kind: Event
                metadata: {name: %s, namespace: NS}
                involvedObject: {apiVersion: v1, kind: %s, namespace: NS, name: %s, uid: %s}
                reason: %s
                message: It happened.
                type: Normal
                source: {component: kubelet}
                count: %d
                firstTimestamp: "2026-01-31T10:00:00Z"
                lastTimestamp: "2026-01-31T10:00:01Z"
                """.formatted(name, kind, object, object + "-" + watched.namespace(), reason, count));
    }

    private List<String> told() {
        return watched.context().kept().stream()
                .map(event -> event.type() + " " + event.facts().get("name").asText()).toList();
    }

    @Test
    void bringsWhatTheRulesAcceptWithTheRuleThatDecided() {
        event("old", "Pod", "one", "Pulled", 1);
        watch("{rules: [{kind: Pod, reasons: [Killing], action: reject}, {kind: Pod, action: accept}]}");
        event("a", "Pod", "one", "Killing", 1);
        event("b", "Node", "one", "Starting", 1);
        event("c", "Pod", "one", "Pulled", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:Pulled one"));
        var kept = watched.context().kept().getFirst();
        assertThat(kept.facts().get("rule").asText()).isEqualTo("rules[1]");
        assertThat(kept.facts().get("component").asText()).isEqualTo("kubelet");
        assertThat(kept.subject()).isEqualTo(watched.namespace() + "/one");
        assertThat(kept.time()).isEqualTo("2026-01-31T10:00:01Z");
        assertThat(watched.context().body(0).at("/involvedObject/kind").asText()).isEqualTo("Pod");
        assertThat(watched.context().body(0).path("count").asInt()).isEqualTo(1);
    }

    @Test
    void readsTheNewerApiToo() {
        watched.allow(watched.namespace(), "events.k8s.io", "events", "newer");
        watch("{api: events.k8s.io/v1, rules: [{kind: Pod, component: kubelet, action: accept}]}");
        event("a", "Pod", "one", "Pulled", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:Pulled one"));
        assertThat(watched.context().body(0).at("/regarding/kind").asText()).isEqualTo("Pod");
    }

    @Test
    void whatIsOnlyCountedUpIsIgnoredUnlessAskedFor() {
        watch("{rules: [{action: accept}]}");
        event("a", "Pod", "one", "BackOff", 1);
        countUp("a");
        event("b", "Pod", "two", "BackOff", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:BackOff one", "Pod:BackOff two"));
        watched.stop();
        watch("{series: deliver, rules: [{action: accept}]}");
        countUp("a");
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:BackOff one", "Pod:BackOff two",
                "Pod:BackOff one"));
        assertThat(watched.context().kept().get(2).facts().get("count").asInt()).isEqualTo(3);
    }

    private void countUp(String name) {
        watched.cluster().admin().v1().events().inNamespace(watched.namespace()).withName(name).edit(event -> {
            event.setCount(event.getCount() + 1);
            return event;
        });
    }

    @Test
    void aRestartRepeatsNothingAndLeavesNothingOut() {
        watch("{rules: [{action: accept}]}");
        event("a", "Pod", "one", "Pulled", 1);
        soon().until(() -> told().size() == 1);
        watched.stop();
        event("b", "Pod", "two", "Pulled", 1);
        watch("{rules: [{action: accept}]}");
        event("c", "Pod", "three", "Pulled", 1);
        soon().untilAsserted(
                () -> assertThat(told()).containsExactly("Pod:Pulled one", "Pod:Pulled two", "Pod:Pulled three"));
    }

    @Test
    void eventsAboutWhatBellhopMadeAreLeftOutUnlessAllowed() {
        pod("ours", "{" + Bellhop.LABEL_TRIGGER + ": push}", "");
        pod("belongs", "{}", "[{apiVersion: v1, kind: Pod, name: ours, uid: " + watched.cluster().admin().pods()
                .inNamespace(watched.namespace()).withName("ours").get().getMetadata().getUid()
                + ", controller: true}]");
        pod("theirs", "{}", "");
        watch("{rules: [{action: accept}]}");
        event("a", "Pod", "ours", "Pulled", 1);
        event("b", "Pod", "belongs", "Pulled", 1);
        event("c", "Pod", "theirs", "Pulled", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:Pulled theirs"));
        watched.stop();
        watch("{includeOwn: true, rules: [{action: accept}]}");
        event("d", "Pod", "belongs", "Started", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:Pulled theirs", "Pod:Started belongs"));
        assertThat(watched.context().kept().get(1).facts().get("hops").asInt()).isEqualTo(1);
    }

    private void pod(String name, String labels, String owners) {
        watched.create("""
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, namespace: NS, labels: %s%s}
                spec: {containers: [{name: main, image: none}]}
                """.formatted(name, labels, owners.isEmpty() ? "" : ", ownerReferences: " + owners));
    }

    @Test
    void whereNobodyKnowsWhoMadeTheObjectTheEventIsLeftOutAndThatIsTold() {
        watch("{rules: [{action: accept}]}");
        event("a", "Secret", "one", "Rotated", 1);
        soon().untilAsserted(() -> assertThat(watched.context().health()).get()
                .isInstanceOfSatisfying(SourceHealth.Disconnected.class,
                        health -> assertThat(health.message()).contains("secrets", "includeOwn")));
        event("b", "Pod", "one", "Pulled", 1);
        soon().untilAsserted(() -> assertThat(told()).containsExactly("Pod:Pulled one"));
    }
}
