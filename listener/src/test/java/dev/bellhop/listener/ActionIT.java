package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import dev.bellhop.api.Bellhop;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a Trigger creates, on whose behalf, and what becomes of it when that is not possible.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ActionIT extends ListenerStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @SuppressWarnings("unused")
    ActionIT(ApiServer server) {}

    @BeforeEach
    void aDoor() {
        team.listener("shared");
    }

    @Test
    void createsInTheTriggersNamespaceWithTheLabelsOfTheEvent() {
        team.trigger("push", "[]",
                "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-, labels: {app: shop}}}");
        var eventId = post("push");
        assertThat(ending(eventId)).isInstanceOf(Ending.Created.class);
        assertThat(team.made(eventId)).singleElement().satisfies(made -> {
            assertThat(made.getMetadata().getName()).matches("made-[a-z0-9]{10}");
            assertThat(made.getMetadata().getLabels()).containsExactlyInAnyOrderEntriesOf(Map.of("app", "shop",
                    Bellhop.LABEL_EVENT_LISTENER, "shared", Bellhop.LABEL_TRIGGER, "push", Bellhop.LABEL_EVENT_ID,
                    eventId));
        });
    }

    @Test
    void whatTheServiceAccountMayNotDoFailsAndTheTeamIsToldWhy() {
        team.trigger("push", "[]", "{apiVersion: v1, kind: Secret, metadata: {generateName: made-}}");
        var eventId = post("push");
        assertThat(ending(eventId)).isInstanceOfSatisfying(Ending.Failed.class, failed -> {
            assertThat(failed.step()).isEqualTo("act");
            assertThat(failed.why()).contains("as system:serviceaccount:" + team.namespace() + ":maker", "403",
                    "cannot create resource",
                    "secrets");
        });
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(cluster.admin().events().v1().events()
                .inNamespace(team.namespace()).list().getItems()).anySatisfy(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getReason()).isEqualTo("Failed");
                    assertThat(event.getNote()).contains("cannot create resource");
                    assertThat(event.getRegarding().getKind()).isEqualTo("Trigger");
                    assertThat(event.getRegarding().getName()).isEqualTo("push");
                }));
    }

    @Test
    void aTeamThatMayNotCreateInAnotherNamespaceDoesNot() {
        var other = Team.in(cluster);
        team.trigger("push", "[]", "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-, namespace: "
                + other.namespace() + "}}");
        assertThat(ending(post("push"))).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("403"));
        assertThat(other.made()).isEmpty();
    }

    @Test
    void withoutAServiceAccountOfItsOwnATriggerActsAsTheEventListeners() {
        var desk = Team.in(cluster);
        desk.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventListener
                metadata: {name: desk, namespace: NS}
                spec: {serviceAccountName: maker, namespaceSelector: {matchNames: [%s]}}
                """.formatted(team.namespace()));
        trigger("push", "");
        var url = listener.url(desk.namespace(), "desk") + "/" + team.namespace() + "?name=push";
        var before = sender.post(url, "{}").eventId();
        assertThat(ending(before)).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("as system:serviceaccount:" + desk.namespace() + ":maker",
                        "403"));
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: desk, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: maker}
                subjects: [{kind: ServiceAccount, name: maker, namespace: %s}]
                """.formatted(desk.namespace()));
        await().atMost(PATIENCE).until(() -> ending(sender.post(url, "{}").eventId()) instanceof Ending.Created);
    }

    @Test
    void theListenerItselfMayCreateNothing() {
        trigger("push", "");
        assertThat(ending(post("push"))).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("as the listener itself", "403", "bellhop-listener"));
        assertThat(team.made()).isEmpty();
    }

    @Test
    void aFixedNameThatSomebodyElseTookFailsAndIsLeftAlone() {
        cluster.admin()
                .resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace()).withName("fixed")
                        .endMetadata()
                        .withData(Map.of("whose", "somebody's")).build())
                .create();
        team.trigger("push", "[]", "{apiVersion: v1, kind: ConfigMap, metadata: {name: fixed}, data: {whose: ours}}");
        assertThat(ending(post("push"))).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("ConfigMap 'fixed' exists already", "use generateName"));
        assertThat(cluster.admin().configMaps().inNamespace(team.namespace()).withName("fixed").get().getData())
                .containsEntry("whose", "somebody's");
    }

    @Test
    void aClusterScopedKindIsNotCreatedUnlessTheAdminAllowsIt() {
        team.trigger("push", "[]", "{apiVersion: v1, kind: Namespace, metadata: {generateName: made-}}");
        assertThat(ending(post("push"))).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("not namespaced", "--allow-cluster-scoped"));
    }

    @Test
    void anObjectThatTheApiServerFindsInvalidFailsAtOnce() {
        team.trigger("push", "[]", "{apiVersion: v1, kind: ConfigMap, metadata: {name: Not A Name}}");
        assertThat(ending(post("push"))).isInstanceOfSatisfying(Ending.Failed.class,
                failed -> assertThat(failed.why()).contains("422", "metadata.name"));
    }

    @Test
    void aKindThatAppearsLaterIsCreatedThenAndWhatWasThereIsNotCreatedTwice() {
        var group = team.namespace() + ".example.com";
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: widgets, namespace: NS}
                rules: [{apiGroups: [%s], resources: [widgets], verbs: [create]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: widgets, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: widgets}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """.formatted(group));
        team.trigger("push", "[]", "{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}},"
                + " {apiVersion: " + group + "/v1, kind: Widget, metadata: {generateName: made-}}");
        var eventId = post("push");
        await().atMost(PATIENCE).until(() -> !listener.endingsOf(eventId).isEmpty());
        assertThat(listener.endingsOf(eventId).getFirst()).isInstanceOfSatisfying(Ending.Retrying.class,
                retrying -> assertThat(retrying.why())
                        .contains("the API server serves no Widget of " + group + "/v1"));
        cluster.create("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: widgets.GROUP}
                spec:
                  group: GROUP
                  scope: Namespaced
                  names: {kind: Widget, plural: widgets, singular: widget}
                  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
                """.replace("GROUP", group));
        await().atMost(PATIENCE).until(() -> listener.endingsOf(eventId).getLast() instanceof Ending.Created);
        assertThat(team.made(eventId)).hasSize(1);
        cluster.admin().apiextensions().v1().customResourceDefinitions().withName("widgets." + group).delete();
    }

    private void trigger(String name, String spec) {
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: %s, namespace: NS}
                        spec:
                          template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
                          %s
                        """
                        .formatted(name, spec));
        await().until(() -> listener.serves(team.namespace(), name));
    }

    private String post(String trigger) {
        await().until(() -> listener.serves(team.namespace(), trigger));
        var reply = sender.post(listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=" + trigger,
                "{}");
        assertThat(reply.status()).isEqualTo(202);
        return reply.eventId();
    }

    /// How the event ended for its one Trigger.
    private static Ending ending(String eventId) {
        await().atMost(PATIENCE)
                .until(() -> listener.endingsOf(eventId).stream().anyMatch(one -> !(one instanceof Ending.Retrying)));
        return listener.endingsOf(eventId).getLast();
    }
}
