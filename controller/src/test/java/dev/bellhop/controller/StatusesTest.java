package dev.bellhop.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;

import dev.bellhop.api.EventListenerStatus;
import dev.bellhop.api.ObjectName;
import dev.bellhop.api.TriggerStatus;
import dev.bellhop.controller.Finding.Findings;
import dev.bellhop.controller.expose.Placement;
import dev.bellhop.engine.secret.SecretRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StatusesTest {
    private static final String URL = "http://bellhop-listener.bellhop-system.svc";
    private static final ObjectName PUSH = new ObjectName("team-a", "push");

    private static final String LISTENER = """
            ---
            kind: EventListener
            metadata: {name: shared, namespace: admin, generation: 2}
            spec: {namespaceSelector: {matchNames: [team-a]}}
            """;
    private static final String TEMPLATE = """
              template:
                spec:
                  params: [{name: ref}]
                  resourcetemplates:
                  - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: run-}, data: {ref: $(tt.params.ref)}}
            """;
    private static final String BINDINGS = """
              bindings: [{name: ref, value: $(body.ref)}]
            """;
    private static final String PUSH_HEAD = """
            ---
            kind: Trigger
            metadata: {name: push, namespace: team-a, generation: 7, labels: {app: shop}}
            spec:
            """;
    private static final String PUSH_TRIGGER = PUSH_HEAD + BINDINGS + TEMPLATE;
    private static final String SIGNED = """
              interceptors:
              - ref: {name: github}
                params:
                - {name: secretRef, value: {secretName: webhook, secretKey: token}}
            """;

    @Test
    void aSoundSelectedTriggerIsBoundAndHasAUrl() {
        var status = trigger(LISTENER + PUSH_TRIGGER, found());
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.address().url()).isEqualTo(URL + "/listeners/admin/shared/team-a?name=push");
        assertThat(status.listeners()).containsExactly(new TriggerStatus.Listener("admin", "shared",
                URL + "/listeners/admin/shared/team-a?name=push"));
        assertThat(status.conditions()).singleElement().satisfies(ready -> {
            assertThat(ready.getType()).isEqualTo("Ready");
            assertThat(ready.getStatus()).isEqualTo("True");
            assertThat(ready.getReason()).isEqualTo("Bound");
            assertThat(ready.getMessage()).isEqualTo("Bound to EventListener admin/shared");
            assertThat(ready.getObservedGeneration()).isEqualTo(7);
            assertThat(ready.getLastTransitionTime()).as("only the writer knows it").isNull();
        });
    }

    @Test
    void aSuspendedTriggerIsReadyAndSaysThatItsEventsWait() {
        var ready = trigger(LISTENER + PUSH_TRIGGER + "  suspend: true\n", found()).conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getReason()).isEqualTo("Suspended");
        assertThat(ready.getMessage()).isEqualTo("Bound to EventListener admin/shared, but spec.suspend is true: "
                + "events are kept, and delivered when it is false again");
    }

    @Test
    void aTriggerIsToldWhichOfItsLimitsHaveNoEffect() {
        var ready = trigger(LISTENER.replace("spec: {", "spec: {limits: {perTrigger: {concurrency: 2}}, ")
                + PUSH_TRIGGER + "  limits: {concurrency: 3}\n", found()).conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getMessage())
                .isEqualTo("Bound to EventListener admin/shared; warning: spec.limits.concurrency "
                        + "3 has no effect: the admin allows 2");
    }

    @Test
    void aWrongAnnotationOfANamespaceIsAWarningOnTheEventListenerAlone() {
        var yaml = LISTENER + PUSH_TRIGGER + """
                ---
                kind: Namespace
                metadata: {name: team-a, annotations: {bellhop.dev/limit-concurrency: "0"}}
                """;
        var ready = listener(yaml, new ObjectName("admin", "shared"), found()).conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getMessage()).isEqualTo("Serving 1 Trigger; warning: Namespace team-a: annotation "
                + "bellhop.dev/limit-concurrency 0 must be from 1 to 1000000");
        assertThat(trigger(yaml, found()).conditions().getFirst().getMessage())
                .isEqualTo("Bound to EventListener admin/shared");
    }

    @Test
    void aTriggerOfSeveralEventListenersNamesThemInOrder() {
        var status = trigger(LISTENER + """
                ---
                kind: EventListener
                metadata: {name: first, namespace: aaa}
                spec: {namespaceSelector: {matchNames: ["*"]}, externalUrl: "https://hooks.example.com/first/"}
                """ + PUSH_TRIGGER, found());
        assertThat(status.listeners()).extracting(TriggerStatus.Listener::namespace).containsExactly("aaa", "admin");
        assertThat(status.address().url()).isEqualTo("https://hooks.example.com/first/team-a?name=push");
        assertThat(status.conditions().getFirst().getMessage())
                .isEqualTo("Bound to EventListeners aaa/first, admin/shared");
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource
    void aTriggerThatIsNotReadySaysWhy(String reason, String yaml, Findings findings, String message) {
        var ready = trigger(yaml, findings).conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo(reason);
        assertThat(ready.getMessage()).contains(message);
    }

    static Stream<Arguments> aTriggerThatIsNotReadySaysWhy() {
        return Stream.of(
                arguments("InvalidSpec", LISTENER + PUSH_HEAD + BINDINGS, found(), "spec.template is missing"),
                arguments("InvalidSpec", LISTENER + PUSH_TRIGGER + "  interceptor: []\n", found(), "spec.interceptor"),
                arguments("InvalidSpec", LISTENER + PUSH_HEAD + "  bindings: 7\n" + TEMPLATE, found(), "bindings"),
                arguments("ReferenceMissing", LISTENER + PUSH_HEAD + "  bindings: [{ref: gone}]\n" + TEMPLATE, found(),
                        "TriggerBinding team-a/gone does not exist"),
                arguments("ReferenceMissing", LISTENER + PUSH_HEAD + "  template: {ref: gone}\n", found(),
                        "TriggerTemplate team-a/gone does not exist"),
                arguments("InterceptorInvalid", LISTENER + PUSH_TRIGGER + "  interceptors: [{ref: {name: nobody}}]\n",
                        found(), "nobody"),
                arguments("ExpressionInvalid", LISTENER + PUSH_TRIGGER
                        + "  interceptors: [{ref: {name: cel}, params: [{name: filter, value: 'body.ref = 1'}]}]\n",
                        found(), "1:10"),
                arguments("BindingInvalid", LISTENER + PUSH_HEAD + "  bindings: [{name: ref, value: '$(body[)'}]\n"
                        + TEMPLATE, found(), "body["),
                arguments("TemplateInvalid", LISTENER + PUSH_HEAD
                        + "  template: {spec: {resourcetemplates: [{apiVersion: v1}]}}\n", found(), "kind"),
                arguments("SecretMissing", LISTENER + PUSH_TRIGGER + SIGNED,
                        missing("Secret team-a/webhook does not exist"), "Secret team-a/webhook does not exist"),
                arguments("ServiceAccountMissing", LISTENER + PUSH_TRIGGER + "  serviceAccountName: ci\n",
                        missing("ServiceAccount team-a/ci does not exist"), "ServiceAccount team-a/ci does not exist"),
                arguments("NotSelected", PUSH_TRIGGER, found(),
                        "No EventListener selects this Trigger: ask your admin which labels or namespaces it serves"));
    }

    @Test
    void tellsAllProblemsTogether() {
        var ready = trigger(PUSH_HEAD + "  bindings: [{ref: gone}, {ref: lost}]\n" + TEMPLATE, found()).conditions()
                .getFirst();
        assertThat(ready.getReason()).isEqualTo("ReferenceMissing");
        assertThat(ready.getMessage()).contains("gone does not exist; ", "lost does not exist; ",
                "No EventListener selects");
    }

    @Test
    void tellsWarningsOfAReadyTrigger() {
        var ready = trigger(LISTENER + PUSH_TRIGGER + SIGNED, new Found(new Finding.There("odd line break")))
                .conditions()
                .getFirst();
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getMessage()).isEqualTo("Bound to EventListener admin/shared; warning: odd line break");
    }

    @Test
    void cutsWhatIsTooLongForACondition() {
        var ready = trigger(PUSH_HEAD + "  bindings: [{ref: %s}]\n".formatted("x".repeat(40_000)) + TEMPLATE, found())
                .conditions().getFirst();
        assertThat(ready.getMessage()).hasSize(32_768).endsWith("…");
    }

    @Test
    void saysNothingWhileSomethingNamedHasNotBeenLookedAt() {
        var catalog = ObjectsInYaml.catalog(LISTENER + PUSH_TRIGGER + SIGNED);
        var statuses = new TriggerStatuses(new Addresses(URL), catalog, new Found(new Finding.NotYet()),
                _ -> new Placement.InPlace());
        assertThat(statuses.of(catalog.triggers().get(PUSH))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anUnselectedTriggerLearnsWhatTheEventListenersOfItsNamespaceWant(String spec, String wanted) {
        var message = trigger("""
                ---
                kind: EventListener
                metadata: {name: own, namespace: team-a}
                spec: %s
                ---
                kind: EventListener
                metadata: {name: secretive, namespace: team-b}
                spec: {labelSelector: {matchLabels: {project: takeover}}}
                """.formatted(spec) + PUSH_TRIGGER, found()).conditions().getFirst().getMessage();
        assertThat(message).endsWith("; of those in this namespace, EventListener team-a/own " + wanted)
                .doesNotContain("secretive", "takeover");
    }

    static Stream<Arguments> anUnselectedTriggerLearnsWhatTheEventListenersOfItsNamespaceWant() {
        return Stream.of(
                arguments("{labelSelector: {matchLabels: {app: bank}}}", "wants labels app=bank"),
                arguments("{labelSelector: {matchExpressions: [{key: app, operator: In, values: [a, b]},"
                        + " {key: x, operator: Exists}]}}", "wants labels app in (a,b),x"),
                arguments("{labelSelector: {matchLabels: {a: b}}, triggerSelector: {matchLabels: {c: d}}}",
                        "wants labels a=b and labels c=d"),
                arguments("{namespaceSelector: {matchNames: [team-x, team-y]}}", "wants namespace team-x or team-y"),
                arguments("{namespaceSelector: {matchNames: ['*']}, labelSelector: {matchLabels: {app: bank}}}",
                        "wants any namespace and labels app=bank"),
                arguments("{namespaceSelector: {matchNames: [team-x], matchLabels: {tier: gold}}}",
                        "wants (namespace team-x or namespace labels tier=gold)"),
                arguments("{triggers: [{triggerRef: other}]}", "serves only the Triggers that it lists"));
    }

    @Test
    void aTriggerBehindABrokenGroupIsNotReady() {
        var ready = trigger(group("nobody") + PUSH_TRIGGER, found()).conditions().getFirst();
        assertThat(ready.getReason()).isEqualTo("InterceptorInvalid");
        assertThat(ready.getMessage()).startsWith("EventListener admin/grouped chooses this Trigger through a group");
    }

    @Test
    void theSecretsOfAGroupAreTheEventListenersToTell() {
        var yaml = group("github") + PUSH_TRIGGER;
        var findings = missing("Secret admin/webhook does not exist");
        var ready = trigger(yaml, findings).conditions().getFirst();
        assertThat(ready.getReason()).isEqualTo("SecretMissing");
        assertThat(ready.getMessage()).contains("EventListener admin/grouped").doesNotContain("webhook");
        var listener = listener(yaml, new ObjectName("admin", "grouped"), findings).conditions().getFirst();
        assertThat(listener.getReason()).isEqualTo("SecretMissing");
        assertThat(listener.getMessage()).isEqualTo("Secret admin/webhook does not exist");
    }

    @Test
    void anEventListenerIsServedAndCountsItsTriggers() {
        var status = listener(LISTENER + PUSH_TRIGGER, new ObjectName("admin", "shared"), found());
        assertThat(status.observedGeneration()).isEqualTo(2);
        assertThat(status.address().url()).isEqualTo(URL + "/listeners/admin/shared");
        assertThat(status.triggers()).isEqualTo(1);
        var ready = status.conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("True");
        assertThat(ready.getReason()).isEqualTo("Served");
        assertThat(ready.getMessage()).isEqualTo("Serving 1 Trigger");
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource
    void anEventListenerThatIsNotReadySaysWhy(String reason, String spec, Findings findings, String message) {
        var ready = listener("""
                ---
                kind: EventListener
                metadata: {name: shared, namespace: admin}
                spec: %s
                """.formatted(spec), new ObjectName("admin", "shared"), findings).conditions().getFirst();
        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getReason()).isEqualTo(reason);
        assertThat(ready.getMessage()).contains(message);
    }

    static Stream<Arguments> anEventListenerThatIsNotReadySaysWhy() {
        return Stream.of(
                arguments("InvalidSpec", "{}", found(), "spec selects nothing"),
                arguments("InvalidSpec", "{namespaceSelector: {matchNames: ['*']}, externalUrl: hooks.example.com}",
                        found(),
                        "spec.externalUrl 'hooks.example.com' is not a base URL"),
                arguments("ReferenceMissing", "{triggers: [{triggerRef: gone}]}", found(),
                        "spec.triggers[0].triggerRef: Trigger admin/gone does not exist"),
                arguments("ServiceAccountMissing", "{namespaceSelector: {matchNames: ['*']}, serviceAccountName: ci}",
                        missing("ServiceAccount admin/ci does not exist"), "ServiceAccount admin/ci does not exist"));
    }

    @ParameterizedTest
    @MethodSource
    void refusesAListenerUrlThatIsNoBase(String url) {
        assertThat(catchThrowable(() -> new Addresses(url)))
                .hasMessageContaining("'" + url + "' is not a base URL");
    }

    static Stream<String> refusesAListenerUrlThatIsNoBase() {
        return Stream.of("", "listener:8080", "ftp://host", "http://host?x=y", "http://host/#a");
    }

    private static String group(String interceptor) {
        return """
                ---
                kind: EventListener
                metadata: {name: grouped, namespace: admin}
                spec:
                  triggerGroups:
                  - name: group
                    triggerSelector: {namespaceSelector: {matchNames: [team-a]}}
                    interceptors:
                    - ref: {name: %s}
                      params: [{name: secretRef, value: {secretName: webhook, secretKey: token}}]
                """.formatted(interceptor);
    }

    private static TriggerStatus trigger(String yaml, Findings findings) {
        var catalog = ObjectsInYaml.catalog(yaml);
        return new TriggerStatuses(new Addresses(URL + "/"), catalog, findings, _ -> new Placement.InPlace())
                .of(catalog.triggers().get(PUSH))
                .orElseThrow();
    }

    private static EventListenerStatus listener(String yaml, ObjectName name, Findings findings) {
        var catalog = ObjectsInYaml.catalog(yaml);
        return new ListenerStatuses(new Addresses(URL), catalog, findings, _ -> new Placement.InPlace())
                .of(catalog.listeners().get(name))
                .orElseThrow();
    }

    private static Findings found() {
        return new Found(new Finding.There(null));
    }

    private static Findings missing(String why) {
        return new Found(new Finding.Missing(why));
    }

    /// The same finding about everything.
    private record Found(Finding finding) implements Findings {
        @Override
        public Finding secret(SecretRef ref) {
            return finding;
        }

        @Override
        public Finding serviceAccount(ObjectName name) {
            return finding;
        }
    }
}
