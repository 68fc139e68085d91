package dev.bellhop.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.bellhop.api.Trigger;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.cluster.LeaseTimes;
import dev.bellhop.engine.source.SourceTypes;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the controller makes to expose somebody, in a cluster, with the rights it is shipped with.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ExposureIT {
    private static final Path CASES = Path.of("src", "test", "cases", "expose");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String URL = "http://bellhop-listener.bellhop-system.svc.cluster.local";
    private static final LeaseTimes QUICK = new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10),
            Duration.ofMillis(200));
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String INGRESS = "ingress: {}";
    private static InstalledCluster cluster;

    private final List<Running> running = new ArrayList<>();
    private String team;

    private record Running(Controller controller, KubernetesClient client) implements AutoCloseable {
        @Override
        public void close() {
            controller.close();
            client.close();
        }
    }

    ExposureIT(ApiServer server) {
        assertThat(server.name()).isNotEmpty();
    }

    @BeforeParameterizedClassInvocation
    static void install(ApiServer server) {
        cluster = new InstalledCluster(server);
    }

    @AfterParameterizedClassInvocation
    static void leave() {
        cluster.close();
    }

    @BeforeEach
    void clear() {
        cluster.clear();
        team = cluster.namespace("");
        cluster.admin().namespaces().withName(team).edit(namespace -> {
            namespace.getMetadata().setAnnotations(Map.of("bellhop.dev/allowed-hosts", team + ".example.com"));
            return namespace;
        });
    }

    @AfterEach
    void stop() {
        running.forEach(Running::close);
    }

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesWhatTheCaseExpects(String name) throws IOException {
        try (var files = Files.list(CASES.resolve(name))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("in.yaml",
                    "expected.yaml");
        }
        start();
        cluster.create(text(name, "in.yaml"));
        var expected = YAML.readerFor(JsonNode.class).<JsonNode>readValues(text(name, "expected.yaml")).readAll();
        eventually(() -> expected.forEach(object -> assertThat(covers(read(object), object))
                .as("%s is to be covered by %s", object, read(object)).isTrue()));
        assertThat(ingresses()).hasSize((int) expected.stream().filter(o -> o.path("kind").asText().equals("Ingress"))
                .count());
    }

    @Test
    void followsTheBlockAndDeletesWhatIsNotWantedAnyMore() {
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(() -> assertThat(path("push")).isEqualTo("/a"));
        patch("push", "{\"spec\": {\"expose\": {\"path\": \"/b\", \"ingress\": {\"annotations\": {\"x/y\": \"z\"}}}}}");
        eventually(() -> {
            assertThat(path("push")).isEqualTo("/b");
            assertThat(ingress("push").getMetadata().getAnnotations()).containsEntry("x/y", "z");
            assertThat(url("push")).isEqualTo("http://" + team + ".example.com/b");
        });
        patch("push", "{\"spec\": {\"expose\": {\"ingress\": {\"annotations\": null}}}}");
        eventually(() -> assertThat(ingress("push").getMetadata().getAnnotations()).doesNotContainKey("x/y"));
        patch("push", "{\"spec\": {\"expose\": null}}");
        eventually(() -> {
            assertThat(ingresses()).isEmpty();
            assertThat(cluster.admin().services().inNamespace(team).list().getItems()).isEmpty();
            assertThat(url("push")).startsWith(URL);
        });
    }

    @Test
    void leavesWhatOthersWroteBesideIt() {
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(() -> assertThat(path("push")).isEqualTo("/a"));
        cluster.admin().network().v1().ingresses().inNamespace(team).withName("push").edit(ingress -> {
            ingress.getMetadata().getAnnotations().put("cert-manager.io/seen", "yes");
            return ingress;
        });
        patch("push", "{\"spec\": {\"expose\": {\"path\": \"/b\"}}}");
        eventually(() -> assertThat(path("push")).isEqualTo("/b"));
        assertThat(ingress("push").getMetadata().getAnnotations()).containsEntry("cert-manager.io/seen", "yes");
    }

    @Test
    void touchesNothingThatItDidNotMake() {
        cluster.create("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: push, namespace: %s, labels: {app.kubernetes.io/managed-by: bellhop-controller}}
                spec: {defaultBackend: {service: {name: mine, port: {number: 80}}}}
                """.formatted(team));
        var before = ingress("push");
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(() -> assertNotReady("push", "NotExposed",
                "Ingress " + team + "/push is there already and was not made for this"));
        assertThat(ingress("push")).isEqualTo(before);
        cluster.admin().resource(before).delete();
        eventually(() -> {
            assertThat(path("push")).isEqualTo("/a");
            assertThat(ready("push").getStatus()).isEqualTo("True");
        });
    }

    @Test
    void aForeignServiceInTheWayIsNamed() {
        cluster.admin().resource(new ServiceBuilder().withNewMetadata().withNamespace(team).withName("bellhop-listener")
                .endMetadata().withNewSpec().addNewPort().withPort(80).endPort().endSpec().build()).create();
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(
                () -> assertNotReady("push", "NotExposed", "Service " + team + "/bellhop-listener is there already"));
    }

    @Test
    void aPermissionThatEndsTakesTheIngressWithIt() {
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(() -> assertThat(path("push")).isEqualTo("/a"));
        cluster.admin().namespaces().withName(team).edit(namespace -> {
            namespace.getMetadata().setAnnotations(Map.of());
            return namespace;
        });
        eventually(() -> {
            assertNotReady("push", "HostNotAllowed", "may not use");
            assertThat(ingresses()).isEmpty();
        });
    }

    @Test
    void aTriggerThatCannotBeReadKeepsItsIngress() {
        start();
        create("push", "path: /a, " + INGRESS);
        eventually(() -> assertThat(path("push")).isEqualTo("/a"));
        var uid = ingress("push").getMetadata().getUid();
        patch("push", "{\"spec\": {\"expose\": null, \"Bindings\": 7}}");
        eventually(() -> assertNotReady("push", "InvalidSpec", "indings"));
        assertThat(ingress("push").getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void anotherControllerWritesNothingThatIsRightAndDeletesWhatWasLeft() {
        var first = start();
        create("push", "path: /a, " + INGRESS);
        cluster.create(trigger("tag", "path: /b, " + INGRESS));
        eventually(() -> {
            assertThat(path("push")).isEqualTo("/a");
            assertThat(path("tag")).isEqualTo("/b");
        });
        running.remove(first);
        first.close();
        var push = ingress("push");
        patch("tag", "{\"spec\": {\"expose\": null}}");

        start();
        eventually(() -> assertThat(ingresses()).extracting(ingress -> ingress.getMetadata().getName())
                .containsExactly("push"));
        assertThat(ingress("push")).isEqualTo(push);
    }

    @Test
    void makesHttpRoutesWhereTheGatewayApiIs() throws IOException {
        var context = new ResourceDefinitionContext.Builder().withGroup("gateway.networking.k8s.io")
                .withNamespaced(true);
        var first = start();
        create("push", "path: /a, httpRoute: {parentRefs: [{name: main, namespace: gateways, sectionName: https}]}");
        eventually(() -> assertNotReady("push", "NotExposed", "this cluster has no kind"));
        running.remove(first);
        first.close();

        cluster.create(Files.readString(Path.of("src", "test", "resources", "gateway-api", "crds.yaml")));
        var routes = context.withVersion("v1").withKind("HTTPRoute").withPlural("httproutes").build();
        var grants = new ResourceDefinitionContext.Builder().withGroup("gateway.networking.k8s.io").withNamespaced(true)
                .withVersion("v1beta1").withKind("ReferenceGrant").withPlural("referencegrants").build();
        eventually(() -> {
            cluster.admin().genericKubernetesResources(routes).inAnyNamespace().list();
            cluster.admin().genericKubernetesResources(grants).inAnyNamespace().list();
        });
        start();
        eventually(() -> {
            assertThat(ready("push").getMessage()).startsWith("Bound to EventListener");
            assertThat(url("push")).isEqualTo("https://" + team + ".example.com/a");
            assertThat(covers(json(cluster.admin().genericKubernetesResources(routes).inNamespace(team)
                    .withName("push").require()), YAML.readTree("""
                            metadata: {ownerReferences: [{kind: Trigger, name: push}]}
                            spec:
                              parentRefs: [{name: main, namespace: gateways, sectionName: https}]
                              hostnames: [NS.example.com]
                              rules:
                              - matches: [{path: {type: Exact, value: /a}}]
                                backendRefs: [{name: bellhop-listener, namespace: bellhop-system, port: 80}]
                            """.replace("NS", team)))).isTrue();
            assertThat(covers(json(cluster.admin().genericKubernetesResources(grants).inNamespace("bellhop-system")
                    .withName("bellhop-routes-of-" + team).require()), YAML.readTree("""
                            spec:
                              from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: NS}]
                              to: [{group: "", kind: Service, name: bellhop-listener}]
                            """.replace("NS", team)))).isTrue();
        });
        cluster.admin().resources(Trigger.class).inNamespace(team).withName("push").delete();
        eventually(() -> {
            assertThat(cluster.admin().genericKubernetesResources(routes).inNamespace(team).list().getItems())
                    .isEmpty();
            assertThat(cluster.admin().genericKubernetesResources(grants).inNamespace("bellhop-system").list()
                    .getItems()).isEmpty();
        });
    }

    private Running start() {
        var client = cluster.shipped("bellhop-controller");
        var controller = new Running(new Controller(client, new ControllerSettings(URL, InstalledCluster.SYSTEM,
                "controller-" + running.size(), 50, 200, QUICK), SourceTypes.NONE, new SimpleMeterRegistry(),
                Clock.systemUTC()), client);
        running.add(controller);
        controller.controller().start().join();
        return controller;
    }

    /// An EventListener for the team, and a Trigger that is exposed at the team's host.
    private void create(String name, String expose) {
        cluster.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: shared, namespace: %s}
                spec: {namespaceSelector: {matchNames: [%s]}}
                """.formatted(team, team) + trigger(name, expose));
    }

    private String trigger(String name, String expose) {
        return """
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: %s, namespace: %s}
                spec:
                  expose: {host: %s.example.com, %s}
                  template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: run-}}]}}
                """
                .formatted(name, team, team, expose);
    }

    private void patch(String trigger, String json) {
        generic(trigger).patch(PatchContext.of(PatchType.JSON_MERGE), json);
    }

    private List<Ingress> ingresses() {
        return cluster.admin().network().v1().ingresses().inNamespace(team).list().getItems();
    }

    private Ingress ingress(String name) {
        return cluster.admin().network().v1().ingresses().inNamespace(team).withName(name).require();
    }

    private String path(String ingress) {
        return ingress(ingress).getSpec().getRules().getFirst().getHttp().getPaths().getFirst().getPath();
    }

    private String url(String trigger) {
        return json(generic(trigger).require()).at("/status/address/url").asText();
    }

    private Condition ready(String trigger) {
        return cluster.admin().getKubernetesSerialization().convertValue(
                json(generic(trigger).require()).at("/status/conditions/0"), Condition.class);
    }

    /// Also of a Trigger that its own type cannot hold.
    private Resource<GenericKubernetesResource> generic(String trigger) {
        return cluster.admin().genericKubernetesResources(ResourceDefinitionContext.fromResourceType(Trigger.class))
                .inNamespace(team).withName(trigger);
    }

    private void assertNotReady(String trigger, String reason, String message) {
        assertThat(ready(trigger).getMessage()).contains(message);
        assertThat(ready(trigger).getReason()).isEqualTo(reason);
        assertThat(ready(trigger).getStatus()).isEqualTo("False");
    }

    private String text(String name, String file) throws IOException {
        return Files.readString(CASES.resolve(name).resolve(file), StandardCharsets.UTF_8).replace("NS", team);
    }

    /// The object of the cluster that has the kind and name of `object`.
    private static JsonNode read(JsonNode object) {
        return Optional.ofNullable(cluster.admin().genericKubernetesResources(object.path("apiVersion").asText(),
                object.path("kind").asText()).inNamespace(object.at("/metadata/namespace").asText())
                .withName(object.at("/metadata/name").asText()).get()).map(ExposureIT::json)
                .orElseThrow(() -> new AssertionError("is not there: " + object));
    }

    private static JsonNode json(GenericKubernetesResource object) {
        return cluster.admin().getKubernetesSerialization().convertValue(object, JsonNode.class);
    }

    private static boolean covers(JsonNode have, JsonNode want) {
        if (want.isObject()) {
            return want.properties().stream().allMatch(field -> covers(have.path(field.getKey()), field.getValue()));
        }
        if (want.isArray()) {
            return have.size() == want.size() && want.valueStream()
                    .allMatch(one -> have.valueStream().anyMatch(other -> covers(other, one)));
        }
        return have.equals(want);
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions().untilAsserted(assertion);
    }
}
