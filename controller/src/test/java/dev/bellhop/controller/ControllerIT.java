package dev.bellhop.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import dev.bellhop.api.EventListener;
import dev.bellhop.api.Trigger;
import dev.bellhop.api.TriggerStatus;
import dev.bellhop.api.TriggerTemplate;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.cluster.LeaseTimes;
import dev.bellhop.engine.source.SourceTypes;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The controller in a cluster, with the rights it is shipped with.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ControllerIT {
    private static final Logger LOG = LoggerFactory.getLogger(ControllerIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String URL = "http://listener.example.com";
    private static final LeaseTimes QUICK = new LeaseTimes(Duration.ofSeconds(15), Duration.ofSeconds(10),
            Duration.ofMillis(200));
    private static InstalledCluster cluster;

    private final List<Running> running = new ArrayList<>();
    private final String server;
    private String team;

    private record Running(Controller controller, KubernetesClient client, SimpleMeterRegistry meters)
            implements
                AutoCloseable {
        int writes() {
            return writes("Trigger") + writes("EventListener");
        }

        int writes(String kind) {
            return (int) meters.find("bellhop.controller.status.writes").tag("outcome", "written").tag("kind", kind)
                    .counters().stream()
                    .mapToDouble(counter -> counter.count()).sum();
        }

        @Override
        public void close() {
            controller.close();
            client.close();
        }
    }

    ControllerIT(ApiServer server) {
        this.server = server.name();
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
    }

    @AfterEach
    void stop() {
        running.forEach(Running::close);
    }

    @Test
    void aTriggerAndItsEventListenerLearnTheirUrls() {
        start();
        cluster.create(
                listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push", ""));
        eventually(() -> {
            assertReady("push", "Bound", "Bound to EventListener %s/shared".formatted(team));
            var status = status("push").orElseThrow();
            assertThat(status.address().url())
                    .isEqualTo(URL + "/listeners/%s/shared/%s?name=push".formatted(team, team));
            assertThat(status.observedGeneration()).isEqualTo(1);
            var listener = get(EventListener.class, "shared").getStatus();
            assertThat(listener.triggers()).isEqualTo(1);
            assertThat(listener.address().url()).isEqualTo(URL + "/listeners/%s/shared".formatted(team));
            assertThat(listener.conditions().getFirst().getMessage()).isEqualTo("Serving 1 Trigger");
        });
    }

    @Test
    void followsTheLabelsOfATrigger() {
        start();
        cluster.create(listener("shared", "labelSelector: {matchLabels: {app: shop}}") + trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected",
                "EventListener %s/shared wants labels app=shop".formatted(team)));
        edit("push", Map.of("app", "shop"));
        eventually(() -> assertReady("push", "Bound", "Bound to EventListener"));
        edit("push", Map.of());
        eventually(() -> {
            assertNotReady("push", "NotSelected", "No EventListener selects this Trigger");
            assertThat(status("push").orElseThrow().listeners()).isEmpty();
            assertThat(status("push").orElseThrow().address()).isNull();
        });
    }

    @Test
    void followsTheLabelsOfANamespace() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchLabels: {events: %s}}".formatted(team))
                + trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected", "wants namespace labels"));
        cluster.admin().namespaces().withName(team).edit(labelled(Map.of("events", team)));
        eventually(() -> assertReady("push", "Bound", "Bound to EventListener"));
    }

    @Test
    void tellsOfDeliveriesAndLimitsInStatuses() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push",
                """
                        suspend: true
                          retryStrategy: {steps: 3, duration: 2s}
                          limits: {concurrency: 9, queuedBytes: 1Mi}"""));
        eventually(() -> assertReady("push", "Suspended", "events are kept"));
        annotate("bellhop.dev/limit-trigger-concurrency", "2");
        eventually(() -> assertReady("push", "Suspended",
                "warning: spec.limits.concurrency 9 has no effect: the admin allows 2"));
        annotate("bellhop.dev/limit-trigger-concurrency", "two");
        eventually(() -> assertThat(get(EventListener.class, "shared").getStatus().conditions().getFirst().getMessage())
                .isEqualTo("Serving 1 Trigger; warning: Namespace " + team + ": annotation "
                        + "bellhop.dev/limit-trigger-concurrency 'two' is no such number: write one, or none"));
    }

    private void annotate(String name, String value) {
        cluster.admin().namespaces().withName(team).edit(namespace -> {
            namespace.getMetadata().setAnnotations(Map.of(name, value));
            return namespace;
        });
    }

    @Test
    void followsEventListenersThatComeAndGo() {
        start();
        cluster.create(trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected", "No EventListener"));
        cluster.create(listener("b", "namespaceSelector: {matchNames: [%s]}".formatted(team)));
        cluster.create(listener("a", "triggers: [{triggerRef: push}]"));
        eventually(() -> {
            assertReady("push", "Bound", "Bound to EventListeners %s/a, %s/b".formatted(team, team));
            assertThat(status("push").orElseThrow().listeners()).extracting(TriggerStatus.Listener::name)
                    .containsExactly("a", "b");
        });
        cluster.admin().resources(EventListener.class).inNamespace(team).withName("a").delete();
        eventually(() -> assertReady("push", "Bound", "Bound to EventListener %s/b".formatted(team)));
    }

    @Test
    void followsReferencesThatComeAndGo() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + """
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: push, namespace: %s}
                spec: {template: {ref: run}}
                """.formatted(team));
        eventually(() -> assertNotReady("push", "ReferenceMissing",
                "TriggerTemplate %s/run does not exist".formatted(team)));
        cluster.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: TriggerTemplate
                metadata: {name: run, namespace: %s}
                spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: run-}}]}
                """.formatted(team));
        eventually(() -> assertReady("push", "Bound", "Bound to EventListener"));
        cluster.admin().resources(TriggerTemplate.class).inNamespace(team).withName("run").delete();
        eventually(() -> assertNotReady("push", "ReferenceMissing", "does not exist"));
    }

    @Test
    void tellsWhereAnExpressionIsBroken() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push",
                "interceptors: [{ref: {name: cel}, params: [{name: filter, value: 'body.ref = 1'}]}]"));
        eventually(() -> assertNotReady("push", "ExpressionInvalid", "1:10"));
    }

    @Test
    void noticesASecretThatComesAndGoes() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team))
                + trigger("push", "interceptors: [{ref: {name: github}, params: [{name: secretRef,"
                        + " value: {secretName: webhook, secretKey: token}}]}]"));
        eventually(() -> assertNotReady("push", "SecretMissing", "Secret %s/webhook does not exist".formatted(team)));
        var secret = cluster.admin()
                .resource(new SecretBuilder().withNewMetadata().withName("webhook").withNamespace(team)
                        .endMetadata().addToStringData("other", "x").build());
        secret.create();
        eventually(() -> assertNotReady("push", "SecretMissing", "has no key 'token'"));
        secret.edit(object -> new SecretBuilder(object)
                .addToData("token", Base64.getEncoder().encodeToString("s3cr3t\n".getBytes(StandardCharsets.UTF_8)))
                .build());
        eventually(() -> assertReady("push", "Bound", "ends in a line break"));
        secret.delete();
        eventually(() -> assertNotReady("push", "SecretMissing", "does not exist"));
    }

    @Test
    void noticesAServiceAccountThatComes() {
        start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team))
                + trigger("push", "serviceAccountName: ci"));
        eventually(() -> assertNotReady("push", "ServiceAccountMissing",
                "ServiceAccount %s/ci does not exist".formatted(team)));
        cluster.create("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: ci, namespace: %s}
                """.formatted(team));
        eventually(() -> assertReady("push", "Bound", "Bound to EventListener"));
    }

    @Test
    void followsAChangeWithinTwoSeconds() {
        start();
        cluster.create(listener("shared", "labelSelector: {matchLabels: {app: shop}}") + trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected", ""));
        var took = new ArrayList<Duration>();
        for (int i = 0; i < 5; i++) {
            boolean select = i % 2 == 0;
            edit("push", select ? Map.of("app", "shop") : Map.of());
            long start = System.nanoTime();
            eventually(() -> assertThat(ready("push").getStatus()).isEqualTo(select ? "True" : "False"));
            took.add(Duration.ofNanos(System.nanoTime() - start));
        }
        LOG.info("{}: status followed a label after {}", server, took);
        assertThat(took.stream().sorted().toList().get(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void writesNothingWhenNothingChanged() {
        var first = start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push", "")
                + trigger("tag", ""));
        eventually(() -> {
            assertReady("push", "Bound", "");
            assertReady("tag", "Bound", "");
            assertThat(get(EventListener.class, "shared").getStatus().triggers()).isEqualTo(2);
        });
        var version = get(Trigger.class, "push").getMetadata().getResourceVersion();
        var listenerVersion = get(EventListener.class, "shared").getMetadata().getResourceVersion();
        running.remove(first);
        first.close();

        var second = start();
        // The last of these writes comes after all that were due before it.
        cluster.create(trigger("late", ""));
        eventually(() -> {
            assertReady("late", "Bound", "");
            assertThat(get(EventListener.class, "shared").getStatus().triggers()).isEqualTo(3);
        });
        eventually(() -> assertThat(second.writes()).as("one for the new Trigger, one for the EventListener's count")
                .isEqualTo(2));
        assertThat(get(Trigger.class, "push").getMetadata().getResourceVersion()).isEqualTo(version);
        assertThat(get(EventListener.class, "shared").getMetadata().getResourceVersion()).isNotEqualTo(listenerVersion);
    }

    @Test
    void leavesWhatOthersWroteIntoTheStatus() {
        start();
        cluster.create(listener("shared", "labelSelector: {matchLabels: {app: shop}}") + trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected", ""));
        cluster.admin().resources(Trigger.class).inNamespace(team).withName("push").subresource("status")
                .patch(PatchContext.of(
                        PatchType.JSON),
                        """
                                [{"op": "add", "path": "/status/conditions/-", "value": {"type": "Audited", "status": "True"}}]
                                """);
        edit("push", Map.of("app", "shop"));
        eventually(() -> assertReady("push", "Bound", ""));
        assertThat(status("push").orElseThrow().conditions()).extracting(Condition::getType)
                .containsExactlyInAnyOrder("Ready", "Audited");
    }

    @Test
    void repairsAStatusThatSomebodyRemoved() {
        start();
        cluster.create(
                listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push", ""));
        eventually(() -> assertReady("push", "Bound", ""));
        cluster.admin().resources(Trigger.class).inNamespace(team).withName("push").subresource("status")
                .patch(PatchContext.of(
                        PatchType.JSON_MERGE), "{\"status\": null}");
        eventually(() -> assertReady("push", "Bound", ""));
    }

    @Test
    void tellsTheTeamByAnEventWhenReadinessFlips() {
        start();
        cluster.create(trigger("push", ""));
        eventually(() -> assertNotReady("push", "NotSelected", ""));
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)));
        eventually(() -> assertThat(cluster.admin().events().v1().events().inNamespace(team).list().getItems())
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo("Bound");
                    assertThat(event.getType()).isEqualTo("Normal");
                    assertThat(event.getNote()).isEqualTo("Bound to EventListener %s/shared".formatted(team));
                    assertThat(event.getRegarding().getUid())
                            .isEqualTo(get(Trigger.class, "push").getMetadata().getUid());
                    assertThat(event.getReportingController()).isEqualTo("bellhop.dev/controller");
                })
                .anySatisfy(event -> {
                    assertThat(event.getReason()).isEqualTo("NotSelected");
                    assertThat(event.getType()).isEqualTo("Warning");
                }));
    }

    @Test
    void ofTwoControllersOneWritesAndTheOtherTakesOver() {
        var first = start();
        var second = start();
        cluster.create(
                listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)) + trigger("push", ""));
        eventually(() -> assertReady("push", "Bound", ""));
        assertThat(List.of(first.controller().leads(), second.controller().leads())).containsExactlyInAnyOrder(true,
                false);
        var leader = first.controller().leads() ? first : second;
        var follower = leader == first ? second : first;
        assertThat(follower.writes()).isZero();

        running.remove(leader);
        long start = System.nanoTime();
        leader.close();
        eventually(() -> assertThat(follower.controller().leads()).isTrue());
        LOG.info("{}: taken over {} ms after closing began", server, (System.nanoTime() - start) / 1_000_000);
        cluster.create(trigger("tag", ""));
        eventually(() -> assertReady("tag", "Bound", ""));
    }

    @Test
    void stopsWritingWhenTheLeaseIsLostAndContendsAgain() {
        var only = start();
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)));
        eventually(() -> assertThat(get(EventListener.class, "shared").getStatus()).isNotNull());
        takeTheLeaseFor(Duration.ofSeconds(3));
        eventually(() -> assertThat(only.controller().leads()).isFalse());
        int before = only.writes();
        cluster.create(trigger("push", ""));
        eventually(() -> {
            int writes = only.writes();
            if (!only.controller().leads()) {
                assertThat(writes).as("without the lease").isEqualTo(before);
            }
            assertReady("push", "Bound", "");
        });
    }

    @Test
    void aThousandTriggersCostAThousandWrites() {
        int many = 1000;
        try (var creators = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < many; i++) {
                var yaml = trigger("push-" + i, "");
                creators.submit(() -> cluster.create(yaml));
            }
        }
        cluster.create(listener("shared", "namespaceSelector: {matchNames: [%s]}".formatted(team)));
        long start = System.nanoTime();
        var controller = start(new ControllerSettings(URL, InstalledCluster.SYSTEM, "bulk", 400, 200, QUICK));
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            assertThat(controller.writes()).isGreaterThanOrEqualTo(many + 1);
            assertThat(cluster.admin().resources(Trigger.class).inNamespace(team).list().getItems())
                    .allSatisfy(trigger -> assertThat(trigger.getStatus()).isNotNull());
        });
        LOG.info("{}: {} statuses written in {} ms", server, many, (System.nanoTime() - start) / 1_000_000);

        edit("push-7", Map.of("app", "shop"));
        cluster.create(trigger("late", ""));
        eventually(() -> {
            assertReady("late", "Bound", "");
            assertThat(get(EventListener.class, "shared").getStatus().triggers()).isEqualTo(many + 1);
        });
        // A status can be read a moment before its write is counted.
        eventually(() -> {
            assertThat(controller.writes("Trigger")).as("each once").isEqualTo(many + 1);
            assertThat(controller.writes("EventListener")).as("once for each count").isEqualTo(2);
        });
        var reconciling = controller.meters().get("bellhop.controller.reconcile").timer();
        LOG.info("{}: decided {} times, {} ms in all", server, reconciling.count(),
                (int) reconciling.totalTime(TimeUnit.MILLISECONDS));
    }

    private Running start() {
        return start(
                new ControllerSettings(URL, InstalledCluster.SYSTEM, "controller-" + running.size(), 50, 200, QUICK));
    }

    private Running start(ControllerSettings settings) {
        var client = cluster.shipped("bellhop-controller");
        var meters = new SimpleMeterRegistry();
        var controller = new Running(new Controller(client, settings, SourceTypes.NONE, meters, Clock.systemUTC()),
                client, meters);
        running.add(controller);
        controller.controller().start().join();
        assertThat(controller.controller().ready()).isTrue();
        return controller;
    }

    private String listener(String name, String spec) {
        return """
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: %s, namespace: %s}
                spec:
                  %s
                """.formatted(name, team, spec);
    }

    private String trigger(String name, String spec) {
        return """
                ---
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: %s, namespace: %s}
                spec:
                  template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: run-}}]}}
                  %s
                """
                .formatted(name, team, spec);
    }

    /// As somebody else would, between two renewals of the leader.
    private void takeTheLeaseFor(Duration time) {
        eventually(() -> cluster.admin().leases().inNamespace(InstalledCluster.SYSTEM).withName("bellhop-controller")
                .edit(lease -> {
                    lease.getSpec().setHolderIdentity("somebody else");
                    lease.getSpec().setLeaseDurationSeconds((int) time.toSeconds());
                    lease.getSpec().setRenewTime(ZonedDateTime.now(ZoneOffset.UTC));
                    return lease;
                }));
    }

    private void edit(String trigger, Map<String, String> labels) {
        // Again when the controller writes in between.
        eventually(() -> cluster.admin().resources(Trigger.class).inNamespace(team).withName(trigger)
                .edit(labelled(labels)));
    }

    private static <T extends HasMetadata> UnaryOperator<T> labelled(
            Map<String, String> labels) {
        return object -> {
            object.getMetadata().setLabels(labels);
            return object;
        };
    }

    private void assertReady(String trigger, String reason, String message) {
        var ready = ready(trigger);
        assertThat(ready.getStatus()).as(ready.getMessage()).isEqualTo("True");
        assertThat(ready.getReason()).isEqualTo(reason);
        assertThat(ready.getMessage()).contains(message);
    }

    private void assertNotReady(String trigger, String reason, String message) {
        var ready = ready(trigger);
        assertThat(ready.getStatus()).as(ready.getMessage()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo(reason);
        assertThat(ready.getMessage()).contains(message);
    }

    private Condition ready(String trigger) {
        return status(trigger).orElseThrow().conditions().stream().filter(one -> one.getType().equals("Ready"))
                .findFirst()
                .orElseThrow();
    }

    private Optional<TriggerStatus> status(String trigger) {
        return Optional.ofNullable(get(Trigger.class, trigger).getStatus());
    }

    private <T extends HasMetadata> T get(Class<T> kind, String name) {
        return cluster.admin().resources(kind).inNamespace(team).withName(name).require();
    }

    private static void eventually(ThrowingRunnable assertion) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions().untilAsserted(assertion);
    }
}
