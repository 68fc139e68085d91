package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bellhop.api.EventRecord;
import dev.bellhop.api.EventRecordSpec.RecordedEvent;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The kinds of action that do one particular thing.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ActionKindsIT extends ActionStage {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String APPLICATIONS = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: applications.core.oam.dev}
            spec:
              group: core.oam.dev
              scope: Namespaced
              names: {kind: Application, plural: applications, singular: application}
              versions: [{name: v1beta1, served: true, storage: true, schema: {openAPIV3Schema: {type: object}}}]
            """;

    @SuppressWarnings("unused")
    ActionKindsIT(ApiServer server) {}

    @BeforeEach
    void rights() {
        if (cluster.admin().apiextensions().v1().customResourceDefinitions().withName("applications.core.oam.dev")
                .get() == null) {
            cluster.create(APPLICATIONS);
        }
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: more, namespace: NS}
                rules:
                - {apiGroups: [core.oam.dev], resources: [applications], verbs: [get, list, patch]}
                - {apiGroups: [bellhop.dev], resources: [eventrecords], verbs: [get, create, patch]}
                - {apiGroups: [batch], resources: [jobs], verbs: [get, create]}
                - {apiGroups: [""], resources: [services], verbs: [list]}
                - {apiGroups: [""], resources: [secrets], resourceNames: [chat], verbs: [get]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: more, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: more}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
    }

    @Test
    void raisesTheRevisionThatALabelNamesAndNoOther() {
        application("one", "1", "");
        application("two", "1", "");
        actions("""
                - bumpApplicationRevision: {nameSelector: {fromLabel: watch-this}}
                """);

        assertThat(done(labelled("one"))).extracting(ObjectRef::shortName)
                .containsExactly("raised Application " + team.namespace() + "/one");
        assertThat(revision("one")).isEqualTo("2");
        assertThat(revision("two")).isEqualTo("1");
        assertThat(failed("{'metadata': {'name': 'x'}}")).contains("has no label 'watch-this'");
    }

    @Test
    void losesNoRaiseOfManyAtTheSameTime() {
        application("one", "1", "");
        application("two", "40", "");
        actions("""
                - bumpApplicationRevision: {nameSelector: {matchingLabels: {team: a}}}
                """, "retry: {delay: 50ms}");

        var events = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            events.add(post("{'n': " + i + "}"));
        }

        assertThat(events).allSatisfy(event -> assertThat(ending(event)).isInstanceOf(Ending.Created.class));
        assertThat(revision("one")).isEqualTo("21");
        assertThat(revision("two")).isEqualTo("60");
    }

    @Test
    void anApplicationWithoutARevisionIsPassedOver() {
        application("one", "abc", "");
        actions("""
                - bumpApplicationRevision: {}
                """);

        assertThat(done("{'metadata': {'name': 'one'}}")).extracting(ObjectRef::verb).containsExactly("skipped");
        assertThat(revision("one")).isEqualTo("abc");
    }

    @Test
    void recordsTheLastEventsOfManyAtTheSameTime() {
        actions("""
                - recordEvent: {name: "${{ body.about }}", limit: 12}
                """, "retry: {delay: 50ms}");

        var events = new ArrayList<String>();
        for (int i = 0; i < 12; i++) {
            events.add(post("{'about': 'shop', 'n': " + i + "}"));
        }
        assertThat(events).allSatisfy(event -> assertThat(ending(event)).isInstanceOf(Ending.Created.class));

        assertThat(recorded("shop")).extracting(RecordedEvent::eventID).containsExactlyInAnyOrderElementsOf(events);
        var last = post("{'about': 'shop'}");
        ending(last);
        assertThat(recorded("shop")).hasSize(12).last().satisfies(event -> {
            assertThat(event.eventID()).isEqualTo(last);
            assertThat(event.source()).isEqualTo("http");
        });
    }

    @Test
    void aRecordAndAJobGoWithTheObjectThatTheyAreAbout() {
        configMap("source", Map.of());
        var owner = configMap("source");
        actions("""
                - recordEvent: {}
                - job:
                    image: busybox
                    args: ["rebuild ${{ body.metadata.name }}"]
                    backoffLimit: 2
                    ttlSecondsAfterFinished: 600
                """);
        var event = "{'apiVersion': 'v1', 'kind': 'ConfigMap', 'metadata': {'name': 'source', 'namespace': '"
                + team.namespace() + "', 'labels': {'app': 'shop'}, 'uid': '" + owner.getMetadata().getUid() + "'}}";

        done(event);
        done(event);

        var record = cluster.admin().resources(EventRecord.class).inNamespace(team.namespace()).withName("source")
                .get();
        assertThat(record.getMetadata().getLabels()).containsEntry("app", "shop");
        assertThat(record.getMetadata().getOwnerReferences()).singleElement()
                .satisfies(reference -> assertThat(reference.getController()).isTrue());
        assertThat(record.getSpec().events()).hasSize(2);
        var jobs = cluster.admin().batch().v1().jobs().inNamespace(team.namespace()).list().getItems();
        assertThat(jobs).hasSize(2).allSatisfy(job -> {
            assertThat(job.getMetadata().getName()).startsWith("source-");
            assertThat(job.getMetadata().getOwnerReferences()).singleElement()
                    .satisfies(reference -> assertThat(reference.getName()).isEqualTo("source"));
            // Servers before 1.21 leave it out.
            assertThat(job.getSpec().getTtlSecondsAfterFinished()).isIn(600, null);
            assertThat(job.getSpec().getBackoffLimit()).isEqualTo(2);
            var container = job.getSpec().getTemplate().getSpec().getContainers().getFirst();
            assertThat(container.getArgs()).containsExactly("rebuild source");
            assertThat(container.getEnv()).anySatisfy(env -> {
                assertThat(env.getName()).isEqualTo("SOURCE_NAMESPACE");
                assertThat(env.getValue()).isEqualTo(team.namespace());
            });
        });
    }

    @Test
    void sendsMessagesToPeopleAndTellsNobodyWhereTo() throws Exception {
        team.create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: chat, namespace: NS}
                stringData: {webhook: "%sservices/T0/s3cret", token: bot-s3cret}
                """.formatted(receiver.url()));
        actions("""
                - notify:
                    slack: {webhook: {secretName: chat, secretKey: webhook}, text: "built ${{ body.ref }}"}
                - notify:
                    slack: {token: {secretName: chat, secretKey: token}, channel: C1, text: hi, apiUrl: "%sapi"}
                - notify:
                    telegram:
                      token: {secretName: chat, secretKey: token}
                      chatId: "${{ string(int(body.chat)) }}"
                      text: hi
                      apiUrl: "%s"
                - notify:
                    dingtalk:
                      webhook: {secretName: chat, secretKey: webhook}
                      signingSecret: {secretName: chat, secretKey: token}
                      title: T
                      text: hi
                """.formatted(receiver.url(), receiver.url()), "retry: {maxAttempts: 1}");
        receiver.plan(200, Map.of(), "ok");
        receiver.plan(200, Map.of(), "{\"ok\": true}");
        receiver.plan(200, Map.of(), "{\"ok\": true}");
        receiver.plan(200, Map.of(), "{\"errcode\": 0}");

        var effects = done("{'ref': 'main', 'chat': 42}");

        assertThat(effects).extracting(ObjectRef::shortName).containsExactly("sent message to slack",
                "sent message to slack", "sent message to telegram", "sent message to dingtalk");
        var sent = receiver.received();
        assertThat(JSON.readTree(sent.get(0).body()).path("text").asText()).isEqualTo("built main");
        assertThat(sent.get(1).path()).isEqualTo("/api/chat.postMessage");
        assertThat(sent.get(1).header("Authorization")).isEqualTo("Bearer bot-s3cret");
        assertThat(sent.get(2).path()).isEqualTo("/botbot-s3cret/sendMessage");
        assertThat(JSON.readTree(sent.get(2).body()).path("chat_id").asText()).isEqualTo("42");
        assertThat(sent.get(3).path()).contains("/services/T0/s3cret?timestamp=", "&sign=");

        receiver.plan(200, Map.of(), "ok");
        receiver.plan(200, Map.of(), "{\"ok\": false, \"error\": \"channel_not_found\"}");
        assertThat(failed("{'ref': 'main', 'chat': 42}")).contains("Slack refused the message: channel_not_found");
        receiver.plan(404, Map.of(), "");
        assertThat(failed("{'ref': 'main', 'chat': 42}")).contains("was answered 404").doesNotContain("s3cret");
    }

    @Test
    void sendsCloudEventsInBothModes() throws Exception {
        actions("""
                - cloudEvent:
                    url: "%ssink"
                    type: com.example.${{ body.kind }}
                    subject: "größe 100%%"
                    extensions: {tenant: a}
                    data: '${{ {"n": body.n} }}'
                - cloudEvent: {url: "%ssink", mode: structured}
                """.formatted(receiver.url(), receiver.url()));

        done("{'kind': 'built', 'n': 7}");

        var binary = receiver.received().get(0);
        assertThat(binary.header("Ce-type")).isEqualTo("com.example.built");
        assertThat(binary.header("Ce-subject")).isEqualTo("gr%C3%B6%C3%9Fe%20100%25");
        assertThat(binary.header("Ce-tenant")).isEqualTo("a");
        assertThat(binary.body()).isEqualTo("{\"n\":7}");
        var structured = receiver.received().get(1);
        assertThat(structured.header("Content-type")).isEqualTo("application/cloudevents+json");
        JsonNode event = JSON.readTree(structured.body());
        assertThat(event.path("specversion").asText()).isEqualTo("1.0");
        assertThat(event.path("source").asText())
                .isEqualTo("/apis/bellhop.dev/v1alpha1/namespaces/" + team.namespace() + "/triggers/act");
        assertThat(event.path("data").path("n").asInt()).isEqualTo(7);
    }

    @Test
    void aPlugInBehindAUrlSaysHowItWent() throws Exception {
        actions("""
                - plugin: {url: "%splugin", spec: {room: "${{ body.room }}"}}
                """.formatted(receiver.url()), "retry: {delay: 50ms, maxAttempts: 2}");
        receiver.plan(200, Map.of(), "{\"result\": \"failed\", \"why\": \"busy\", \"retryable\": true}");
        receiver.plan(200, Map.of(),
                "{\"result\": \"done\", \"effects\": [{\"verb\": \"lit\", \"kind\": \"lamp\", \"name\": \"3\"}]}");

        assertThat(done("{'room': 'hall'}")).extracting(ObjectRef::shortName).containsExactly("lit lamp 3");
        var asked = JSON.readTree(receiver.received().getFirst().body());
        assertThat(asked.path("spec").path("room").asText()).isEqualTo("hall");
        assertThat(asked.path("event").path("body").path("room").asText()).isEqualTo("hall");
        receiver.plan(200, Map.of(), "{\"result\": \"failed\", \"why\": \"no such lamp\"}");
        assertThat(failed("{'room': 'hall'}")).contains("says: no such lamp");
    }

    @Test
    void aFunctionThatNoServiceIsIsPassedOverAndProgramsAreNotRun() {
        actions("""
                - function: {selector: {function: test}}
                - exec: {command: [touch, /tmp/bellhop-must-not-be]}
                """);

        assertThat(failed("{}")).contains("spec.actions[1]: exec is for standalone mode");
    }

    private void application(String name, String revision, String more) {
        team.create("""
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata:
                  name: %s
                  namespace: NS
                  labels: {team: a}
                  annotations: {app.oam.dev/publishVersion: "%s"}
                %s
                """.formatted(name, revision, more));
    }

    private String revision(String name) {
        GenericKubernetesResource application = cluster.admin()
                .genericKubernetesResources("core.oam.dev/v1beta1", "Application").inNamespace(team.namespace())
                .withName(name).get();
        return application.getMetadata().getAnnotations().get("app.oam.dev/publishVersion");
    }

    private static String labelled(String name) {
        return "{'metadata': {'name': 'config', 'labels': {'watch-this': '" + name + "'}}}";
    }

    private List<RecordedEvent> recorded(String name) {
        return cluster.admin().resources(EventRecord.class).inNamespace(team.namespace()).withName(name).get().getSpec()
                .events();
    }
}
