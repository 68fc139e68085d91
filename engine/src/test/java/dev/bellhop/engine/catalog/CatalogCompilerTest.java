package dev.bellhop.engine.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import dev.bellhop.api.ObjectName;
import dev.bellhop.engine.Problem;
import dev.bellhop.engine.Problem.Reason;
import dev.bellhop.engine.intercept.Interceptor;
import dev.bellhop.engine.secret.SecretRef;
import dev.bellhop.engine.trigger.Compilation;
import dev.bellhop.engine.trigger.CompiledTrigger;
import dev.bellhop.engine.source.SourceTypes;
import dev.bellhop.engine.trigger.TriggerCompiler;
import org.junit.jupiter.api.Test;

/// One cluster, changed step by step, and what is served after each step. The listener is `door/shared`.
class CatalogCompilerTest {
    private static final ObjectName SHARED = new ObjectName("door", "shared");
    private static final String LABELLED = """
            kind: EventListener
            metadata: {namespace: door, name: shared}
            spec:
              namespaceSelector: {matchLabels: {tenant: "yes"}}
              labelSelector: {matchLabels: {served: "yes"}}
            """;
    private static final String EVERYTHING = """
            kind: EventListener
            metadata: {namespace: door, name: shared}
            spec: {namespaceSelector: {matchNames: ["*"]}}
            """;
    private static final String TENANT = """
            kind: Namespace
            metadata: {name: team, labels: {tenant: "yes"}}
            """;

    private final CatalogCompiler compiler = new CatalogCompiler(new TriggerCompiler(), SourceTypes.NONE);

    @Test
    void servesWhatTheSelectorsChoose() {
        var catalog = compiler.compile(Cluster.of(LABELLED, TENANT, trigger("team", "a", "yes"),
                trigger("team", "b", "no"), trigger("other", "c", "yes")).objects());
        assertThat(served(catalog)).containsExactly("team/a");
        assertThat(view(catalog, "team", "a").listeners()).containsExactly(SHARED);
        assertThat(view(catalog, "team", "b").listeners()).isEmpty();
        assertThat(view(catalog, "other", "c").listeners()).isEmpty();
    }

    @Test
    void followsLabelsOfTriggersAndNamespaces() {
        var cluster = Cluster.of(LABELLED, TENANT, trigger("team", "a", "yes"));
        assertThat(served(compiler.compile(cluster.objects()))).containsExactly("team/a");
        cluster.apply(trigger("team", "a", "no"));
        assertThat(served(compiler.compile(cluster.objects()))).isEmpty();
        cluster.apply(trigger("team", "a", "yes"));
        assertThat(served(compiler.compile(cluster.objects()))).containsExactly("team/a");
        cluster.apply(TENANT.replace("yes", "no"));
        assertThat(served(compiler.compile(cluster.objects()))).isEmpty();
        cluster.apply(TENANT);
        assertThat(served(compiler.compile(cluster.objects()))).containsExactly("team/a");
        cluster.delete("Namespace", "", "team");
        assertThat(served(compiler.compile(cluster.objects()))).isEmpty();
    }

    @Test
    void aChangedLabelReachesTheCompiledTrigger() {
        var cluster = Cluster.of(EVERYTHING, trigger("team", "a", "yes"));
        assertThat(compiled(compiler.compile(cluster.objects()), "team", "a").labels()).containsEntry("served", "yes");
        cluster.apply(trigger("team", "a", "no"));
        assertThat(compiled(compiler.compile(cluster.objects()), "team", "a").labels()).containsEntry("served", "no");
    }

    @Test
    void namesEveryListenerThatServesATrigger() {
        var cluster = Cluster.of(EVERYTHING, EVERYTHING.replace("shared", "another"), trigger("team", "a", "yes"));
        var catalog = compiler.compile(cluster.objects());
        assertThat(view(catalog, "team", "a").listeners()).containsExactly(new ObjectName("door", "another"), SHARED);
        cluster.delete("EventListener", "door", "shared");
        catalog = compiler.compile(cluster.objects());
        assertThat(catalog.listeners()).containsOnlyKeys(new ObjectName("door", "another"));
        assertThat(view(catalog, "team", "a").listeners()).containsExactly(new ObjectName("door", "another"));
    }

    @Test
    void keepsWhatDidNotChange() {
        var cluster = Cluster.of(EVERYTHING, trigger("team", "a", "yes"), trigger("team", "b", "yes"), group("cel"),
                inline("own"));
        var before = compiler.compile(cluster.objects());
        cluster.apply(trigger("team", "a", "yes").replace("Trigger", "Trigger\nstatus: {}"));
        var untouched = compiler.compile(cluster.objects());
        for (var name : before.listeners().keySet()) {
            assertThat(listener(untouched, name).index()).as(name.toString()).isSameAs(listener(before, name).index());
        }
        cluster.apply(trigger("team", "a", "yes").replace("main", "other"));
        var after = compiler.compile(cluster.objects());
        assertThat(compiled(after, "team", "a")).isNotSameAs(compiled(before, "team", "a"));
        assertThat(compiled(after, "team", "b")).isSameAs(compiled(before, "team", "b"));
        assertThat(find(after, "grouped", "team", "a")).isNotSameAs(find(before, "grouped", "team", "a"));
        assertThat(find(after, "grouped", "team", "b")).isSameAs(find(before, "grouped", "team", "b"));
        assertThat(find(after, "inline", "door", "own")).isSameAs(find(before, "inline", "door", "own"));
        cluster.delete("Trigger", "team", "a").apply(trigger("team", "a", "yes").replace("main", "other"));
        assertThat(compiled(compiler.compile(cluster.objects()), "team", "a"))
                .as("a Trigger that was deleted and written anew").isNotSameAs(compiled(after, "team", "a"));
    }

    @Test
    void followsReferencesThatAppearChangeAndDisappear() {
        var cluster = Cluster.of(EVERYTHING, """
                kind: Trigger
                metadata: {namespace: team, name: a}
                spec:
                  bindings: [{ref: values}, {ref: common, kind: ClusterTriggerBinding}]
                  template: {ref: objects}
                """);
        assertThat(messages(compiler.compile(cluster.objects()))).containsExactly(
                "spec.bindings[0].ref: TriggerBinding team/values does not exist",
                "spec.bindings[1].ref: ClusterTriggerBinding common does not exist",
                "spec.template.ref: TriggerTemplate team/objects does not exist");
        var values = """
                kind: TriggerBinding
                metadata: {namespace: team, name: values}
                spec: {params: [{name: a, value: $(body.a)}]}
                """;
        var template = """
                kind: TriggerTemplate
                metadata: {namespace: team, name: objects}
                spec: {params: [{name: a}, {name: b}], resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}
                """;
        var common = """
                kind: ClusterTriggerBinding
                metadata: {name: common}
                spec: {params: [{name: b, value: x}]}
                """;
        cluster.apply(values).apply(template);
        assertThat(messages(compiler.compile(cluster.objects()))).containsExactly(
                "spec.bindings[1].ref: ClusterTriggerBinding common does not exist");
        cluster.apply(common);
        var sound = compiler.compile(cluster.objects());
        assertThat(served(sound)).containsExactly("team/a");
        cluster.apply(common.replace("value: x", "value: y"));
        var changed = compiler.compile(cluster.objects());
        assertThat(compiled(changed, "team", "a")).isNotSameAs(compiled(sound, "team", "a"));
        cluster.apply(values.replace("name: a, ", "name: b, "));
        assertThat(messages(compiler.compile(cluster.objects()))).singleElement().asString()
                .contains("param 'b' is also given by");
        cluster.apply(values).delete("TriggerTemplate", "team", "objects");
        assertThat(messages(compiler.compile(cluster.objects()))).containsExactly(
                "spec.template.ref: TriggerTemplate team/objects does not exist");
    }

    @Test
    void followsReferencesOfInlineTriggers() {
        var cluster = Cluster.of("""
                kind: EventListener
                metadata: {namespace: door, name: shared}
                spec: {triggers: [{name: own, template: {ref: objects}}]}
                """);
        assertThat(problems(compiler.compile(cluster.objects()))).containsExactly(new Problem(Reason.ReferenceMissing,
                "spec.triggers[0].template.ref: TriggerTemplate door/objects does not exist"));
        cluster.apply("""
                kind: TriggerTemplate
                metadata: {namespace: door, name: objects}
                spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}
                """);
        var catalog = compiler.compile(cluster.objects());
        assertThat(problems(catalog)).isEmpty();
        assertThat(served(catalog)).containsExactly("door/own");
    }

    @Test
    void servesTriggersOfItsOwnAndThoseItNames() {
        var catalog = compiler.compile(Cluster
                .of(trigger("door", "named", "no"),
                        """
                                kind: EventListener
                                metadata: {namespace: door, name: shared}
                                spec:
                                  triggers:
                                  - triggerRef: named
                                  - triggerRef: ""
                                    name: own
                                    serviceAccountName: robot
                                    interceptors: [{ref: {name: github}, params: [{name: secretRef, value: {secretName: s, secretKey: k}}]}]
                                    template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}
                                  - template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}
                                """)
                .objects());
        assertThat(problems(catalog)).isEmpty();
        assertThat(served(catalog)).containsExactly("door/named", "door/own", "door/shared-2");
        assertThat(view(catalog, "door", "named").listeners()).containsExactly(SHARED);
        var own = find(catalog, "shared", "door", "own");
        assertThat(own.secrets()).containsExactly(new SecretRef("door", "s", "k"));
        assertThat(own.serviceAccount()).contains("robot");
    }

    @Test
    void tellsWhatIsWrongWithTheTriggersOfAListener() {
        var catalog = compiler.compile(Cluster.of(trigger("door", "taken", "no"), """
                kind: EventListener
                metadata: {namespace: door, name: shared}
                spec:
                  triggers:
                  - {name: taken, template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}}
                  - {triggerRef: taken}
                  - {triggerRef: gone}
                  - {triggerRef: taken, bindings: [{name: a, value: b}]}
                  - {name: nothing}
                  - {name: broken, template: {}}
                """).objects());
        assertThat(problems(catalog)).extracting(Problem::message).containsExactly(
                "spec.triggers[2].triggerRef: Trigger door/gone does not exist",
                "spec.triggers[3] has both triggerRef and what the Trigger itself says, such as template, bindings, "
                        + "interceptors or retry: write one or the other",
                "spec.triggers[0].name 'taken' is taken by another Trigger that this EventListener serves in door",
                "spec.triggers[4] has neither template, actions nor triggerRef: write one of them",
                "spec.triggers[5].template is missing: write template.ref or template.spec, or actions");
        assertThat(served(catalog)).containsExactly("door/taken");
        assertThat(find(catalog, "shared", "door", "taken")).isSameAs(compiled(catalog, "door", "taken"));
    }

    @Test
    void runsATriggerThatIsChosenTwiceOnce() {
        var catalog = compiler.compile(Cluster.of(trigger("door", "a", "yes"), """
                kind: EventListener
                metadata: {namespace: door, name: shared}
                spec:
                  labelSelector: {matchLabels: {served: "yes"}}
                  triggers: [{triggerRef: a}, {triggerRef: a}]
                """).objects());
        assertThat(served(catalog)).containsExactly("door/a");
        assertThat(listener(catalog, SHARED).index().size()).isEqualTo(1);
        assertThat(view(catalog, "door", "a").listeners()).containsExactly(SHARED);
    }

    @Test
    void putsTheInterceptorsOfAGroupBeforeThoseOfItsMembers() {
        var catalog = compiler.compile(Cluster.of(group("github"), trigger("team", "a", "yes")).objects());
        var member = find(catalog, "grouped", "team", "a");
        assertThat(member.interceptors()).extracting(Interceptor::name).containsExactly("of the group", "only main");
        assertThat(member.secrets()).containsExactly(new SecretRef("door", "s", "k"));
        assertThat(compiled(catalog, "team", "a").interceptors()).hasSize(1);
        assertThat(view(catalog, "team", "a").listeners()).containsExactly(new ObjectName("door", "grouped"));
    }

    @Test
    void doesNotRunTheMembersOfABrokenGroup() {
        var catalog = compiler.compile(Cluster.of(group("mine"), trigger("team", "a", "yes")).objects());
        var grouped = listener(catalog, new ObjectName("door", "grouped"));
        assertThat(grouped.problems()).extracting(Problem::reason).containsExactly(Reason.InterceptorInvalid);
        assertThat(grouped.index().names()).isEmpty();
        assertThat(grouped.index().size()).isEqualTo(1);
        assertThat(view(catalog, "team", "a").listeners()).hasSize(1);
    }

    @Test
    void refusesAGroupWithoutInterceptorsOrSelectorAndSelectorsThatAreNone() {
        var catalog = compiler.compile(Cluster
                .of(trigger("team", "a", "yes"),
                        """
                                kind: EventListener
                                metadata: {namespace: door, name: shared}
                                spec:
                                  labelSelector: {matchExpressions: [{key: a, operator: is}]}
                                  namespaceSelector: {matchNames: [a, "*"]}
                                  triggerGroups:
                                  - {triggerSelector: {namespaceSelector: {matchNames: ["*"]}}}
                                  - {interceptors: [{ref: {name: github}}]}
                                  - {interceptors: [{ref: {name: github}}], triggerSelector: {namespaceSelector: {}}}
                                  - {interceptors: [{ref: {name: github}}], triggerSelector: {labelSelector: {matchExpressions: [{key: a, operator: In}]}}}
                                """)
                .objects());
        assertThat(problems(catalog)).extracting(Problem::message).containsExactly(
                "spec.namespaceSelector.matchNames: \"*\" stands for all namespaces only when it is alone",
                "spec.labelSelector.matchExpressions[0].operator 'is' is not an operator: write In, NotIn, Exists or DoesNotExist",
                "spec.triggerGroups[0].interceptors is empty: a group is there to share interceptors",
                "spec.triggerGroups[1].triggerSelector is missing: write namespaceSelector or labelSelector",
                "spec.triggerGroups[2].triggerSelector is missing: write namespaceSelector or labelSelector",
                "spec.triggerGroups[3].triggerSelector.labelSelector.matchExpressions[0].values is empty: operator In needs at least one value");
        assertThat(served(catalog)).isEmpty();
    }

    @Test
    void aListenerThatSelectsNothingSaysSo() {
        for (var spec : List.of("{}", "{namespaceSelector: {}}")) {
            var catalog = compiler
                    .compile(Cluster.of("kind: EventListener\nmetadata: {namespace: door, name: shared}\nspec: "
                            + spec + "\n").objects());
            assertThat(problems(catalog)).extracting(Problem::message).containsExactly(
                    "spec selects nothing: write namespaceSelector, labelSelector, triggers or triggerGroups");
        }
    }

    @Test
    void unknownFieldsAreNeverIgnored() {
        var catalog = compiler.compile(Cluster.of(EVERYTHING,
                trigger("team", "a", "yes").replace("interceptors:", "interceptor:")).objects());
        assertThat(served(catalog)).isEmpty();
        assertThat(messages(catalog)).containsExactly("spec.interceptor is not a field of Trigger");
        catalog = compiler.compile(Cluster.of(EVERYTHING.replace("spec: {", "spec: {labelselector: {}, labels: {}, "),
                trigger("team", "a", "yes")).objects());
        assertThat(served(catalog)).isEmpty();
        assertThat(problems(catalog)).extracting(Problem::message)
                .containsExactly("spec.labels is not a field of EventListener");
    }

    @Test
    void wordsOfOtherSystemsAreAnsweredWithOurs() {
        var catalog = compiler.compile(Cluster.of(EVERYTHING,
                trigger("team", "a", "yes") + "  retry: {steps: 2, retry: 1}\n").objects());
        assertThat(messages(catalog))
                .containsExactly("spec.retry.retry is not a field of Trigger: Knative's retry does "
                        + "not count the first attempt: write maxAttempts, and one more");
    }

    @Test
    void aTriggersPolicyIsKeptBehindAGroupAndInline() {
        var suspended = trigger("team", "a", "yes") + "  suspend: true\n";
        var catalog = compiler.compile(Cluster.of(EVERYTHING, group("cel"), suspended,
                inline("own").replace("{name: own,", "{name: own, suspend: true,")).objects());
        assertThat(compiled(catalog, "team", "a").policy().suspended()).isTrue();
        assertThat(find(catalog, "grouped", "team", "a").policy().suspended()).isTrue();
        assertThat(find(catalog, "inline", "door", "own").policy().suspended()).isTrue();
    }

    @Test
    void aWrongPolicyIsToldWithItsPlace() {
        var catalog = compiler.compile(Cluster.of(
                inline("own").replace("{name: own,", "{name: own, retry: {delay: 1d},")).objects());
        assertThat(listener(catalog, new ObjectName("door", "inline")).problems()).extracting(Problem::message)
                .containsExactly("spec.triggers[0].retry.delay '1d' is no duration: write it as 500ms, 1m30s or 24h");
    }

    @Test
    void aTriggerThatIsNamedSaysItsPolicyItself() {
        var catalog = compiler.compile(Cluster.of(EVERYTHING.replace("spec: {",
                "spec: {triggers: [{triggerRef: a, suspend: true}], ")).objects());
        assertThat(problems(catalog)).singleElement().extracting(Problem::message).asString()
                .startsWith("spec.triggers[0] has both triggerRef and what the Trigger itself says");
    }

    @Test
    void limitsFollowTheListenerTheNamespaceAndTheTrigger() {
        var limited = EVERYTHING.replace("spec: {", "spec: {limits: {perNamespace: {concurrency: 8}, "
                + "perTrigger: {concurrency: 4}}, ");
        var cluster = Cluster.of(limited, trigger("team", "a", "yes"), trigger("team", "b", "yes")
                + "  limits: {concurrency: 3}\n", trigger("other", "c", "yes"));
        var catalog = compiler.compile(cluster.objects());
        assertThat(catalog.limits().of("team").concurrency()).contains(8);
        assertThat(catalog.limits().of(compiled(catalog, "team", "a")).concurrency()).contains(4);
        assertThat(catalog.limits().of(compiled(catalog, "team", "b")).concurrency()).contains(3);

        cluster.apply("""
                kind: Namespace
                metadata:
                  name: team
                  annotations: {bellhop.dev/limit-concurrency: "50", bellhop.dev/limit-trigger-concurrency: "2",
                    bellhop.dev/limit-burst: many, bellhop.dev/keep-for: 48h, bellhop.dev/keep-bytes: some}
                """);
        catalog = compiler.compile(cluster.objects());
        assertThat(catalog.limits().of("team").concurrency()).contains(50);
        assertThat(catalog.limits().of("other").concurrency()).contains(8);
        assertThat(catalog.limits().of(compiled(catalog, "team", "b")).concurrency()).contains(2);
        assertThat(catalog.limits().withoutEffect(compiled(catalog, "team", "b")))
                .containsExactly("limits.concurrency 3 has no effect: the admin allows 2");
        assertThat(catalog.limits().warnings("team")).containsExactly(
                "bellhop.dev/limit-burst 'many' is no such number: write one, or none",
                "bellhop.dev/keep-bytes 'some' must be from 0 to 16Ti: write 64Mi or 1Gi");
        assertThat(catalog.limits().retention("team").maxAge()).contains(Duration.ofHours(48));
        assertThat(catalog.limits().warnings("other")).isEmpty();
        assertThat(catalog.limits().of("nobody")).isEqualTo(Catalog.NOTHING.limits().of("team"));
    }

    @Test
    void aLimitThatIsWrongIsAProblemOfTheListenerWhichServesAllTheSame() {
        var catalog = compiler.compile(Cluster.of(EVERYTHING.replace("spec: {",
                "spec: {limits: {perNamespace: {burst: 1, concurrency: 2}}, "), trigger("team", "a", "yes")).objects());
        assertThat(problems(catalog)).extracting(Problem::message).containsExactly(
                "spec.limits.perNamespace.burst says nothing without eventsPerSecond: write both");
        assertThat(served(catalog)).containsExactly("team/a");
        assertThat(catalog.limits().of("team").concurrency()).contains(2);
    }

    @Test
    void objectsThatCannotBeReadDoNotHarmOthers() {
        var catalog = compiler.compile(Cluster.of(EVERYTHING, trigger("team", "sound", "yes"), """
                kind: Trigger
                metadata: {namespace: team, name: a}
                spec: {bindings: text}
                ---
                kind: Trigger
                metadata: {namespace: team, name: hollow}
                ---
                kind: TriggerBinding
                metadata: {namespace: team, name: torn}
                spec: []
                ---
                kind: EventListener
                metadata: {namespace: door, name: torn}
                spec: {triggers: 1}
                """).objects());
        assertThat(served(catalog)).containsExactly("team/sound");
        assertThat(messages(catalog)).singleElement().asString().startsWith("spec.bindings: ");
        assertThat(broken(catalog, "team", "hollow")).extracting(Problem::message).containsExactly("spec is missing");
        assertThat(listener(catalog, new ObjectName("door", "torn")).problems()).singleElement()
                .extracting(Problem::message).asString().startsWith("spec.triggers: ");
    }

    private static String trigger(String namespace, String name, String served) {
        return """
                kind: Trigger
                metadata: {namespace: NAMESPACE, name: NAME, labels: {served: "SERVED"}}
                spec:
                  interceptors:
                  - name: only main
                    ref: {name: cel}
                    params: [{name: filter, value: body.ref == 'main'}]
                  template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}
                """.replace("NAMESPACE", namespace).replace("NAME", name).replace("SERVED", served);
    }

    private static String inline(String name) {
        return """
                kind: EventListener
                metadata: {namespace: door, name: inline}
                spec: {triggers: [{name: NAME, template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap}]}}}]}
                """
                .replace("NAME", name);
    }

    /// Listener `door/grouped` with a group over all Triggers that runs one interceptor.
    private static String group(String interceptor) {
        var params = interceptor.equals("cel")
                ? "{name: filter, value: body.a == 'b'}"
                : "{name: secretRef, value: {secretName: s, secretKey: k}}";
        return """
                kind: EventListener
                metadata: {namespace: door, name: grouped}
                spec:
                  triggerGroups:
                  - name: all
                    triggerSelector: {namespaceSelector: {matchNames: ["*"]}}
                    interceptors: [{name: of the group, ref: {name: KIND}, params: [PARAMS]}]
                """.replace("KIND", interceptor).replace("PARAMS", params);
    }

    private static List<String> served(Catalog catalog) {
        return listener(catalog, SHARED).index().names().stream().map(ObjectName::toString).sorted().toList();
    }

    private static List<Problem> problems(Catalog catalog) {
        return listener(catalog, SHARED).problems();
    }

    private static ServedListener listener(Catalog catalog, ObjectName name) {
        return java.util.Objects.requireNonNull(catalog.listeners().get(name));
    }

    private static TriggerView view(Catalog catalog, String namespace, String name) {
        return java.util.Objects.requireNonNull(catalog.triggers().get(new ObjectName(namespace, name)));
    }

    private static CompiledTrigger find(Catalog catalog, String listener, String namespace, String name) {
        return listener(catalog, new ObjectName("door", listener)).index().find(new ObjectName(namespace, name))
                .orElseThrow();
    }

    private static CompiledTrigger compiled(Catalog catalog, String namespace, String name) {
        return switch (view(catalog, namespace, name).compilation()) {
            case Compilation.Sound(var trigger, var _) -> trigger;
            case Compilation.Broken(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<Problem> broken(Catalog catalog, String namespace, String name) {
        return switch (view(catalog, namespace, name).compilation()) {
            case Compilation.Sound _ -> List.of();
            case Compilation.Broken(var problems) -> problems;
        };
    }

    /// What is wrong with Trigger `team/a`.
    private static List<String> messages(Catalog catalog) {
        return broken(catalog, "team", "a").stream().map(Problem::message).toList();
    }
}
