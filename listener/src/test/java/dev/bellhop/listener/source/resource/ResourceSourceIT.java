package dev.bellhop.listener.source.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.bellhop.api.Bellhop;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.source.WatchedNamespace;
import dev.bellhop.spi.source.SourceHealth;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Which changes of objects the source `resource` brings, and how it tells them.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ResourceSourceIT {
    private static InstalledCluster cluster;
    private static KubernetesClient listener;

    private WatchedNamespace watched;

    @SuppressWarnings("unused")
    ResourceSourceIT(ApiServer server) {}

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
    }

    @AfterEach
    void theEnd() {
        watched.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20));
    }

    @Test
    void bringsEachChangeOnceWithWhatWasThereBefore() {
        watched.configMap("old");
        watched.watchConfigMaps("");
        watched.configMap("new");
        watched.edit("new", "2");
        watched.edit("old", "7");
        watched.delete("new");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add new", "update new",
                "update old", "delete new"));
        var kept = watched.context().kept();
        assertThat(kept.get(0).oldBody()).isEmpty();
        assertThat(kept.get(1).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("1");
        assertThat(watched.context().body(1).at("/data/value").asText()).isEqualTo("2");
        assertThat(kept.get(2).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("1");
        assertThat(watched.context().body(3).at("/data/value").asText()).isEqualTo("2");
        assertThat(watched.context().body(3).path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(watched.context().body(2).at("/metadata/managedFields").isMissingNode()).isTrue();
        assertThat(kept.get(1).subject()).isEqualTo(watched.namespace() + "/new");
        assertThat(kept.get(1).facts().get("cluster").asText()).isEqualTo("local");
        assertThat(kept.get(1).facts().get("resource").asText()).isEqualTo("configmaps");
        assertThat(kept.stream().map(event -> event.id()).distinct()).hasSize(4);
    }

    @Test
    void bringsOnlyTheTypesOfChangeThatAreAskedFor() {
        watched.watchConfigMaps("events: [ADD, Delete]");
        watched.configMap("one");
        watched.edit("one", "2");
        watched.delete("one");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add one", "delete one"));
    }

    @Test
    void letsTheServerChooseByLabels() {
        watched.watchConfigMaps(
                "labelSelector: {matchLabels: {app: shop}, matchExpressions: [{key: tier, operator: NotIn, values: [test]}]}");
        watched.configMap("other", Map.of("app", "desk"), "1");
        watched.configMap("tested", Map.of("app", "shop", "tier", "test"), "1");
        watched.configMap("meant", Map.of("app", "shop"), "1");
        watched.cluster().admin().configMaps().inNamespace(watched.namespace()).withName("meant")
                .edit(map -> new ConfigMapBuilder(map).editMetadata().withLabels(Map.of()).endMetadata().build());
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add meant", "delete meant"));
    }

    @Test
    void choosesByFieldsAndNames() {
        watched.watchConfigMaps("""
                namePrefix: meant-, createdBefore: "2100-01-01T00:00:00Z", fields: [
                  {path: data.value, operator: "=", value: 3}, {path: data.missing, operator: "!=", value: x},
                  {path: metadata.name, operator: matches, value: "-[ab]$"}]""");
        watched.configMap("meant-a", Map.of(), "1");
        watched.configMap("meant-c", Map.of(), "3");
        watched.configMap("other-b", Map.of(), "3");
        watched.configMap("meant-b", Map.of(), "3");
        watched.edit("meant-a", "3");
        soon().untilAsserted(
                () -> assertThat(watched.context().told()).containsExactly("add meant-b", "update meant-a"));
    }

    @Test
    void anUpdateThatChangesNoContentCountsOnlyWhereItIsAskedFor() {
        watched.configMap("one");
        watched.watchConfigMaps("");
        touchManagedFields("one");
        watched.edit("one", "2");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("update one"));
        assertThat(watched.context().body(0).at("/data/value").asText()).isEqualTo("2");
        watched.stop();
        watched.context().forgetEvents();
        watched.watchConfigMaps("predicate: generationChanged");
        watched.edit("one", "3");
        watched.configMap("last");
        soon().untilAsserted(() -> assertThat(watched.context().told()).as("ConfigMaps have no generation")
                .containsExactly("add last"));
    }

    /// Server-side apply of a field as it is: another owner, the same content.
    private void touchManagedFields(String name) {
        watched.cluster().admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(watched.namespace())
                .withName(name).endMetadata().withData(Map.of("value", "1")).build()).fieldManager("another")
                .forceConflicts().serverSideApply();
    }

    @Test
    void whatWasThereBeforeTheSourceIsAddedOnRequest() {
        watched.configMap("one");
        watched.watchConfigMaps("initial: add");
        watched.configMap("two");
        soon().untilAsserted(() -> assertThat(watched.context().told()).contains("add one", "add two"));
        assertThat(watched.context().kept().stream().filter(event -> event.facts().get("initial").asBoolean())
                .map(event -> event.facts().get("name").asText())).contains("one").doesNotContain("two");
    }

    @Test
    void afterARestartBringsWhatChangedMeanwhileAndNothingElse() {
        watched.configMap("same");
        watched.configMap("changed");
        watched.configMap("deleted");
        watched.watchConfigMaps("");
        watched.stop();
        watched.edit("changed", "2");
        watched.edit("changed", "3");
        watched.delete("deleted");
        watched.configMap("added");
        watched.watchConfigMaps("");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("update changed",
                "update changed", "delete deleted", "add added"));
        assertThat(watched.context().kept().get(0).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("1");
        watched.stop();
        watched.watchConfigMaps("");
        watched.configMap("last");
        soon().until(() -> watched.context().told().contains("add last"));
        assertThat(watched.context().told()).hasSize(5);
    }

    @Test
    void afterStartLeavesOutWhatHappenedMeanwhile() throws InterruptedException {
        watched.configMap("changed");
        watched.configMap("deleted");
        watched.watchConfigMaps("afterStart: true");
        watched.stop();
        watched.edit("changed", "2");
        watched.delete("deleted");
        var then = Instant.now().getEpochSecond();
        // Kubernetes knows times to the second.
        await().until(() -> Instant.now().getEpochSecond() > then);
        watched.watchConfigMaps("afterStart: true");
        watched.configMap("added");
        watched.edit("changed", "3");
        soon().untilAsserted(
                () -> assertThat(watched.context().told()).containsExactly("add added", "update changed"));
        assertThat(watched.context().kept().get(1).oldBody().orElseThrow().at("/data/value").asText()).isEqualTo("2");
    }

    @Test
    void metadataAloneIsEnoughOnRequest() {
        watched.watchConfigMaps("metadataOnly: true");
        watched.configMap("one", Map.of("app", "shop"), "1");
        watched.cluster().admin().configMaps().inNamespace(watched.namespace()).withName("one")
                .edit(map -> new ConfigMapBuilder(map).editMetadata().addToLabels("app", "desk").endMetadata().build());
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add one", "update one"));
        var body = watched.context().body(1);
        assertThat(body.path("kind").asText()).isEqualTo("ConfigMap");
        assertThat(body.path("apiVersion").asText()).isEqualTo("v1");
        assertThat(body.has("data")).isFalse();
        assertThat(watched.context().kept().get(1).oldBody().orElseThrow().at("/metadata/labels/app").asText())
                .isEqualTo("shop");
    }

    @Test
    void objectsThatBellhopMadeAreLeftOutUnlessAllowed() {
        watched.watchConfigMaps("");
        watched.configMap("ours", Map.of(Bellhop.LABEL_TRIGGER, "push"), "1");
        watched.configMap("theirs");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add theirs"));
        watched.stop();
        watched.watchConfigMaps("includeOwn: true, maxHops: 2");
        made("second", 2);
        made("third", 3);
        watched.edit("ours", "2");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add theirs", "add second",
                "update ours"));
        assertThat(watched.context().kept().get(1).facts().get("hops").asInt()).isEqualTo(2);
    }

    private void made(String name, int hops) {
        watched.cluster().admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(watched.namespace())
                .withName(name).withLabels(Map.of(Bellhop.LABEL_TRIGGER, "push"))
                .withAnnotations(Map.of(Bellhop.ANNOTATION_HOPS, Integer.toString(hops))).endMetadata().build())
                .create();
    }

    @Test
    void anEventThatIsNotKeptComesAgainInOrder() {
        watched.watchConfigMaps("");
        watched.context().notNow(3);
        watched.configMap("one");
        watched.edit("one", "2");
        watched.delete("one");
        soon().untilAsserted(
                () -> assertThat(watched.context().told()).containsExactly("add one", "update one", "delete one"));
        assertThat(watched.context().emitted()).isEqualTo(6);
    }

    @Test
    void readsNoFurtherThanSoManyUnansweredEvents() {
        watched.watchConfigMaps("");
        watched.context().hold();
        for (int i = 0; i < 520; i++) {
            watched.configMap("n-" + i);
        }
        soon().until(() -> watched.context().emitted() == 500);
        assertThat(watched.context().kept()).isEmpty();
        watched.context().release();
        soon().until(() -> watched.context().kept().size() == 520);
        assertThat(watched.context().emitted()).isEqualTo(520);
    }

    @Test
    void whatWasUnansweredInACrashComesAgainUnderTheSameId() {
        watched.watchConfigMaps("");
        watched.configMap("kept");
        soon().until(() -> watched.context().kept().size() == 1);
        watched.context().hold();
        watched.configMap("lost");
        watched.delete("kept");
        soon().until(() -> watched.context().emitted() == 3);
        watched.stop();
        watched.context().crash();
        watched.watchConfigMaps("");
        soon().untilAsserted(() -> assertThat(watched.context().told()).containsExactly("add kept", "add lost",
                "delete kept"));
    }

    @Test
    void whatTheServiceAccountMayNotReadIsToldAndWorksWhenItMay() {
        watched.watch("{apiVersion: v1, kind: Secret}");
        soon().untilAsserted(() -> assertThat(watched.context().health()).get()
                .isInstanceOfSatisfying(SourceHealth.Disconnected.class, health -> {
                    assertThat(health.reason()).isEqualTo("Forbidden");
                    assertThat(health.message()).contains("system:serviceaccount:" + watched.namespace() + ":watcher",
                            "secrets", "list");
                }));
        watched.allow(watched.namespace(), "", "secrets");
        watched.awaitConnected();
    }
}
