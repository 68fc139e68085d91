package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import dev.bellhop.api.Bellhop;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What the actions of a Trigger do, and what becomes of a delivery when one of them fails.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class ActionsIT extends ActionStage {
    @SuppressWarnings("unused")
    ActionsIT(ApiServer server) {}

    @Test
    void appliesChangesAndDeletesAnObjectAsTheEventHasIt() {
        actions("""
                - name: ingress
                  when: has(body.host)
                  whenFalse: delete
                  kubernetes:
                    object:
                      apiVersion: networking.k8s.io/v1
                      kind: Ingress
                      metadata: {name: "${{ body.name }}-ing"}
                      spec:
                        rules:
                        - host: ${{ body.host }}
                          http:
                            paths: |
                              ${{ body.ports.map(p, {"path": "/" + string(p), "pathType": "Prefix",
                                "backend": {"service": {"name": body.name, "port": {"number": p}}}}) }}
                """);

        assertThat(done("{'name': 'fortune', 'host': 'a.example.com', 'ports': [3000, 4000]}"))
                .extracting(ObjectRef::shortName)
                .containsExactly("applied Ingress " + team.namespace() + "/fortune-ing");
        assertThat(ports()).containsExactly(3000, 4000);
        assertThat(ingress().getMetadata().getLabels()).containsEntry(Bellhop.LABEL_TRIGGER, "act");
        var version = ingress().getMetadata().getResourceVersion();

        done("{'name': 'fortune', 'host': 'a.example.com', 'ports': [3000, 4000]}");
        assertThat(ingress().getMetadata().getResourceVersion()).isEqualTo(version);

        done("{'name': 'fortune', 'host': 'b.example.com', 'ports': [5000]}");
        assertThat(ports()).containsExactly(5000);

        assertThat(done("{'name': 'fortune'}")).extracting(ObjectRef::shortName)
                .containsExactly("deleted Ingress " + team.namespace() + "/fortune-ing");
        assertThat(ingress()).isNull();
        assertThat(done("{'name': 'fortune'}")).extracting(ObjectRef::verb).containsExactly("skipped");
    }

    private io.fabric8.kubernetes.api.model.networking.v1.Ingress ingress() {
        return cluster.admin().network().v1().ingresses().inNamespace(team.namespace()).withName("fortune-ing").get();
    }

    private List<Integer> ports() {
        return ingress().getSpec().getRules().getFirst().getHttp().getPaths().stream()
                .map(path -> path.getBackend().getService().getPort().getNumber()).toList();
    }

    @Test
    void itemsThatVanishedArePruned() {
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: pruner, namespace: NS}
                rules: [{apiGroups: [""], resources: [configmaps], verbs: [list]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: pruner, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: pruner}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
        actions("""
                - name: a map for each
                  forEach: body.items
                  kubernetes:
                    prune: true
                    pruneBy: ${{ body.of }}
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${{ body.of }}-${{ each }}"}}
                - name: others
                  forEach: body.items
                  kubernetes:
                    prune: true
                    pruneBy: ${{ body.of }}
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: "other-${{ body.of }}-${{ each }}"}}
                """);
        configMap("x-theirs", Map.of());

        done("{'of': 'x', 'items': ['a', 'b', 'c']}");
        done("{'of': 'y', 'items': ['a']}");
        assertThat(made()).containsExactlyInAnyOrder("x-a", "x-b", "x-c", "other-x-a", "other-x-b", "other-x-c", "y-a",
                "other-y-a", "x-theirs");

        assertThat(done("{'of': 'x', 'items': ['b', 'd']}")).extracting(ObjectRef::shortName)
                .contains("deleted ConfigMap " + team.namespace() + "/x-a",
                        "deleted ConfigMap " + team.namespace() + "/x-c");
        assertThat(made()).containsExactlyInAnyOrder("x-b", "x-d", "other-x-b", "other-x-d", "y-a", "other-y-a",
                "x-theirs");

        done("{'of': 'x', 'items': []}");
        assertThat(made()).containsExactlyInAnyOrder("y-a", "other-y-a", "x-theirs");
        assertThat(failed("{'of': '', 'items': []}")).contains("kubernetes.pruneBy: is empty for this event");
    }

    @Test
    void pruningNeedsTheRightToList() {
        actions("""
                - name: a map for each
                  forEach: body.items
                  kubernetes:
                    prune: true
                    pruneBy: x
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: "x-${{ each }}"}}
                """);
        assertThat(failed("{'items': ['a']}")).contains("listing objects like ConfigMap", "403");
        assertThat(configMap("x-a")).isNotNull();
    }

    private List<String> made() {
        return cluster.admin().configMaps().inNamespace(team.namespace()).list().getItems().stream()
                .map(one -> one.getMetadata().getName()).filter(name -> !name.equals("kube-root-ca.crt")).toList();
    }

    @Test
    void whatOthersMadeIsNotDeletedWhenWhenIsFalse() {
        configMap("theirs", Map.of("whose", "theirs"));
        actions("""
                - when: "false"
                  whenFalse: delete
                  kubernetes: {object: {apiVersion: v1, kind: ConfigMap, metadata: {name: theirs}}}
                """);

        assertThat(done("{}")).singleElement().satisfies(ref -> assertThat(ref.name()).contains("was not made by"));
        assertThat(configMap("theirs")).isNotNull();
    }

    @Test
    void patchesInEveryWayWithTheOperationFromTheEvent() {
        configMap("my-cm", Map.of("kept", "yes", "foo", "bar"));
        actions("""
                - kubernetes:
                    operation: ${{ body.operation }}
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: my-cm}}
                    patch: {data: {data: {foo: "${{ body.value }}", gone: null}}}
                - kubernetes:
                    operation: patch
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: my-cm}}
                    patch: {type: json, data: [{op: add, path: /data/json, value: "${{ string(size(body)) }}"}]}
                """);

        assertThat(done("{'operation': 'patch', 'value': 'baz'}")).extracting(ObjectRef::verb)
                .containsExactly("patched", "patched");
        assertThat(configMap("my-cm").getData())
                .isEqualTo(Map.of("kept", "yes", "foo", "baz", "json", "2"));

        assertThat(failed("{'operation': 'destroy', 'value': 'baz'}"))
                .contains("spec.actions[0]: kubernetes.operation 'destroy' must be one of");
        assertThat(done("{'operation': 'patch', 'value': 'x'}")).hasSize(2);
    }

    @Test
    void mergesListsByKeyInAStrategicPatch() {
        team.create("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: shop, namespace: NS}
                spec:
                  selector: {matchLabels: {app: shop}}
                  template:
                    metadata: {labels: {app: shop}}
                    spec: {containers: [{name: web, image: web:1}, {name: sidecar, image: side:1}]}
                """);
        actions("""
                - kubernetes:
                    operation: patch
                    object: {apiVersion: apps/v1, kind: Deployment, metadata: {name: shop}}
                    patch:
                      type: strategic
                      data: {spec: {template: {spec: {containers: [{name: web, image: "web:${{ body.tag }}"}]}}}}
                """);

        done("{'tag': 7}");

        assertThat(cluster.admin().apps().deployments().inNamespace(team.namespace()).withName("shop").get().getSpec()
                .getTemplate().getSpec().getContainers()).extracting(container -> container.getImage())
                .containsExactly("web:7", "side:1");
    }

    @Test
    void updatesReplaceAndCreateOnlyWhenAskedTo() {
        actions("""
                - kubernetes:
                    operation: update
                    createIfMissing: true
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: whole}, data: {a: "${{ body.a }}"}}
                """);

        assertThat(done("{'a': 'one'}")).extracting(ObjectRef::verb).containsExactly((String) null);
        assertThat(configMap("whole").getData()).isEqualTo(Map.of("a", "one"));
        assertThat(done("{'a': 'two'}")).extracting(ObjectRef::verb).containsExactly("updated");
        assertThat(configMap("whole").getData()).isEqualTo(Map.of("a", "two"));
    }

    @Test
    void deletesAndFindsItGone() {
        configMap("old", Map.of());
        actions("""
                - kubernetes: {operation: delete, object: {apiVersion: v1, kind: ConfigMap, metadata: {name: old}}}
                """);

        assertThat(done("{}")).extracting(ObjectRef::verb).containsExactly("deleted");
        assertThat(done("{}")).extracting(ObjectRef::verb).containsExactly("skipped");
    }

    @Test
    void anItemOfForEachIsDoneOnceHoweverOftenALaterOneFails() {
        actions("""
                - forEach: body.names
                  kubernetes:
                    operation: create
                    object:
                      apiVersion: v1
                      kind: ConfigMap
                      metadata: {generateName: "${{ each }}-"}
                - http: {url: "%shook"}
                """.formatted(receiver.url()), "retry: {delay: 100ms, jitter: 0}");
        receiver.plan(503, Map.of(), "");
        receiver.plan(429, Map.of("Retry-After", "1"), "");

        var eventId = post("{'names': ['a', 'b']}");

        assertThat(ending(eventId)).isInstanceOfSatisfying(Ending.Created.class,
                created -> assertThat(created.objects()).extracting(ObjectRef::step).containsExactly("0.0", "0.1",
                        "1"));
        assertThat(team.made(eventId)).hasSize(2);
        assertThat(receiver.received()).hasSize(3).extracting(request -> request.header("Idempotency-key"))
                .containsOnly(receiver.received().getFirst().header("Idempotency-key"));
    }

    @Test
    void sendsWhatTheEventHasWithTheCredentialsOfASecret() {
        team.create("""
                apiVersion: v1
                kind: Secret
                metadata: {name: remote, namespace: NS}
                stringData: {username: ada, password: "pass word", token: "s3cret-token\\n"}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: remote, namespace: NS}
                rules: [{apiGroups: [""], resources: [secrets], resourceNames: [remote], verbs: [get]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: remote, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: remote}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
        actions("""
                - http:
                    url: "%shook/${{ body.id }}?secret=of-the-url"
                    method: PUT
                    headers: {X-Ref: "${{ body.ref }}"}
                    secretHeaders: [{name: X-Token, prefix: "Token ", secretRef: {secretName: remote, secretKey: token}}]
                    auth: {basicSecretName: remote}
                    body: {number: "${{ body.id }}", text: "id ${{ body.id }}", whole: "${{ body }}"}
                """
                .formatted(receiver.url()));

        var objects = done("{'id': 7, 'ref': 'main'}");

        assertThat(receiver.received()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PUT");
            assertThat(request.path()).isEqualTo("/hook/7?secret=of-the-url");
            assertThat(request.header("X-ref")).isEqualTo("main");
            assertThat(request.header("X-token")).isEqualTo("Token s3cret-token");
            assertThat(request.header("Authorization")).isEqualTo("Basic YWRhOnBhc3Mgd29yZA==");
            assertThat(request.header("Content-type")).isEqualTo("application/json");
            assertThat(request.body())
                    .isEqualTo("{\"number\":7,\"text\":\"id 7\",\"whole\":{\"id\":7,\"ref\":\"main\"}}");
        });
        assertThat(objects).singleElement().satisfies(ref -> {
            assertThat(ref.shortName()).isEqualTo("called http PUT " + receiver.url() + "hook/7 (200)");
            assertThat(ref.toString()).doesNotContain("s3cret", "of-the-url");
        });
    }

    @Test
    void aSecretThatTheServiceAccountMayNotGetIsNotSent() {
        team.secret("remote", "s3cret");
        actions("""
                - http: {url: "%s", auth: {bearer: {secretName: remote, secretKey: token}}}
                """.formatted(receiver.url()), "retry: {maxAttempts: 1}");

        assertThat(failed("{}")).contains("Secret " + team.namespace() + "/remote may not be read");
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void sendsNowhereButWhereTheAdminAllows() {
        actions("""
                - http: {url: "${{ body.url }}"}
                """, "retry: {maxAttempts: 1}");

        for (var url : List.of(receiver.url().replace("127.0.0.1", "localhost"), receiver.url() + "../x",
                receiver.url() + "%2e%2e/x", "http://169.254.169.254/latest/meta-data",
                receiver.url().replace("http://", "http://user@"), "file:///etc/passwd")) {
            assertThat(failed("{'url': '" + url + "'}")).as(url).containsAnyOf("does not allow", "holds a user",
                    "no http or https URL");
        }
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void anAnswerThatNoOtherTryMendsEndsTheDelivery() {
        actions("""
                - http: {url: "%s", successCodes: [201]}
                - log: {message: never}
                """.formatted(receiver.url()));
        receiver.plan(302, Map.of("Location", "http://127.0.0.1:1/"), "");

        assertThat(failed("{}")).contains("spec.actions[0]: POST " + receiver.url() + " was answered 302");
        assertThat(receiver.received()).hasSize(1);
        receiver.plan(201, Map.of(), "x".repeat(1_000_000));
        assertThat(done("{}")).extracting(ObjectRef::verb).containsExactly("called", "written");
    }

    @Test
    void aTemplateComesFirstAndItsParamsAreSeen() {
        create("""
                  bindings: [{name: ref, value: $(body.ref)}]
                  template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
                  actions:
                  - kubernetes:
                      operation: create
                      object: {apiVersion: v1, kind: ConfigMap, metadata: {generateName: acted-}, data: {ref: "${{ params.ref }}"}}
                """);

        assertThat(done("{'ref': 'main'}")).extracting(ref -> ref.name().replaceAll("-.*", ""))
                .containsExactly("made", "acted");
        assertThat(team.made()).filteredOn(made -> made.getMetadata().getName().startsWith("acted"))
                .singleElement().extracting(ConfigMap::getData).isEqualTo(Map.of("ref", "main"));
    }

    @Test
    void actsAsNobodyElseThanTheServiceAccount() {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: act, namespace: NS}
                spec:
                  actions:
                  - kubernetes: {operation: delete, object: {apiVersion: v1, kind: ConfigMap, metadata: {name: any}}}
                """);
        assertThat(failed("{}")).contains("no ServiceAccount to act as");
    }

    @Test
    void aNameOfTheEventLeadsNowhereElse() {
        configMap("safe", Map.of());
        actions("""
                - kubernetes:
                    operation: delete
                    object: {apiVersion: v1, kind: ConfigMap, metadata: {name: "${{ body.name }}"}}
                """, "retry: {maxAttempts: 1}");

        for (var name : List.of("../configmaps/safe", "..", "%2e%2e/configmaps/safe", "x?dryRun=All", "")) {
            post("{'name': '" + name + "'}");
        }
        done("{'name': 'other'}");
        assertThat(configMap("safe")).isNotNull();
    }
}
