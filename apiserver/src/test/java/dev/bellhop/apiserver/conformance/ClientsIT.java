package dev.bellhop.apiserver.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What the Kubernetes client of Java does with a server: the same calls that listener and controller make.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ClientsIT {

    private static final ResourceDefinitionContext WIDGETS = new ResourceDefinitionContext.Builder()
            .withGroup(Scene.GROUP).withVersion("v1").withKind("Widget").withPlural("widgets").withNamespaced(true)
            .build();

    private final Scene scene;
    private final KubernetesClient client;

    ClientsIT(ApiServer server) {
        this.scene = Scene.on(server);
        this.client = client("");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void anInformerSeesWhatComesChangesAndGoes() {
        create("before", "1");
        var seen = new CopyOnWriteArrayList<String>();
        try (var informer = client.configMaps().inNamespace(scene.namespace()).withLabel("mine")
                .inform(recorder(seen))) {
            create("after", "1");
            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("+after 1"));
            client.configMaps().inNamespace(scene.namespace()).withName("after")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"k\":\"2\"}}");
            client.configMaps().inNamespace(scene.namespace()).withName("after").delete();

            await().atMost(Duration.ofSeconds(10)).untilAsserted(
                    () -> assertThat(seen).containsExactly("+before 1", "+after 1", "~after 2", "-after 2"));
            assertThat(informer.getStore().listKeys()).containsExactly(scene.namespace() + "/before");
        }
    }

    @Test
    void anInformerOfACustomKindSeesItsStatus() {
        var seen = new CopyOnWriteArrayList<String>();
        try (var _ = client.genericKubernetesResources(WIDGETS).inNamespace(scene.namespace())
                .inform(phases(seen))) {
            scene.api().post(scene.widgets(), Scene.widget("w", "{\"size\":1}")).expect(201);
            scene.api().mergePatch(scene.widgets() + "/w/status", "{\"status\":{\"phase\":\"Done\"}}").expect(200);

            await().atMost(Duration.ofSeconds(10)).until(() -> seen.contains("Done"));
        }
    }

    @Test
    void electsOneLeader() {
        var leaders = new CopyOnWriteArrayList<String>();
        var first = elect("first", leaders);
        await().atMost(Duration.ofSeconds(15)).until(() -> leaders.contains("first"));
        var second = elect("second", leaders);
        assertThat(leaders).containsExactly("first");

        first.cancel(true);

        await().atMost(Duration.ofSeconds(30)).until(() -> leaders.contains("second"));
        second.cancel(true);
    }

    @Test
    void actsAsAnother() {
        try (KubernetesClient jane = client("jane")) {
            assertThatThrownBy(() -> jane.configMaps().inNamespace(scene.namespace()).list())
                    .isInstanceOfSatisfying(KubernetesClientException.class,
                            refused -> assertThat(refused.getCode()).isEqualTo(403))
                    .hasMessageContaining("User \"jane\" cannot list resource \"configmaps\"");
        }
    }

    @Test
    void appliesAndEditsWithTheClient() {
        ConfigMap map = new ConfigMapBuilder().withNewMetadata().withName("a").withNamespace(scene.namespace())
                .endMetadata().withData(Map.of("k", "1")).build();
        client.resource(map).fieldManager("test").serverSideApply();

        ConfigMap edited = client.configMaps().inNamespace(scene.namespace()).withName("a")
                .edit(old -> new ConfigMapBuilder(old).addToData("k2", "2").build());

        assertThat(edited.getData()).isEqualTo(Map.of("k", "1", "k2", "2"));
    }

    @Test
    void waitsForACondition() {
        scene.api().post(scene.widgets(), Scene.widget("w", "{\"size\":1}")).expect(201);
        Thread.ofVirtual().start(() -> scene.api().mergePatch(scene.widgets() + "/w/status",
                "{\"status\":{\"phase\":\"Done\"}}"));

        GenericKubernetesResource done = client.genericKubernetesResources(WIDGETS).inNamespace(scene.namespace())
                .withName("w").waitUntilCondition(
                        widget -> widget != null && "Done".equals(widget.get("status", "phase")), 10,
                        java.util.concurrent.TimeUnit.SECONDS);

        assertThat(done.<String>get("status", "phase")).isEqualTo("Done");
    }

    @Test
    void listsInChunks() {
        for (int i = 0; i < 25; i++) {
            create("m" + i, "1");
        }
        var names = new java.util.HashSet<String>();
        String next = null;
        do {
            var page = client.configMaps().inNamespace(scene.namespace()).withLabel("mine")
                    .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder().withLimit(10L).withContinue(next)
                            .build());
            page.getItems().forEach(item -> names.add(item.getMetadata().getName()));
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());

        assertThat(names).hasSize(25);
    }

    private java.util.concurrent.CompletableFuture<?> elect(String identity, List<String> leaders) {
        return client.leaderElector().withConfig(new LeaderElectionConfigBuilder().withName("test")
                .withLock(new LeaseLock(scene.namespace(), "leader", identity)).withLeaseDuration(Duration.ofSeconds(3))
                .withRenewDeadline(Duration.ofSeconds(2)).withRetryPeriod(Duration.ofMillis(300)).withReleaseOnCancel()
                .withLeaderCallbacks(
                        new LeaderCallbacks(() -> leaders.add(identity), () -> leaders.remove(identity), _ -> {}))
                .build()).build().start();
    }

    private void create(String name, String value) {
        client.resource(new ConfigMapBuilder().withNewMetadata().withName(name).withNamespace(scene.namespace())
                .addToLabels("mine", "yes").endMetadata().addToData("k", value).build()).create();
    }

    private KubernetesClient client(String user) {
        Config config = Config.fromKubeconfig(scene.server().kubeconfig());
        if (!user.isEmpty()) {
            config.setImpersonateUsername(user);
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static ResourceEventHandler<ConfigMap> recorder(List<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(ConfigMap map) {
                seen.add("+" + shown(map));
            }

            @Override
            public void onUpdate(ConfigMap old, ConfigMap map) {
                seen.add("~" + shown(map));
            }

            @Override
            public void onDelete(ConfigMap map, boolean unknown) {
                seen.add("-" + shown(map));
            }

            private String shown(ConfigMap map) {
                return map.getMetadata().getName() + " " + map.getData().get("k");
            }
        };
    }

    private static ResourceEventHandler<GenericKubernetesResource> phases(List<String> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource widget) {
                seen.add(String.valueOf(widget.<Object>get("status", "phase")));
            }

            @Override
            public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource widget) {
                seen.add(String.valueOf(widget.<Object>get("status", "phase")));
            }

            @Override
            public void onDelete(GenericKubernetesResource widget, boolean unknown) {
                seen.add("gone");
            }
        };
    }
}
