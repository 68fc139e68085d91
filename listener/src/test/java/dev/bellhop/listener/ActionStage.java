package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.cluster.InstalledCluster;
import dev.bellhop.listener.journal.ObjectRef;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;

/// A cluster with a listener, somebody outside whom actions may send to, and for each test a team with a Trigger `act`.
abstract class ActionStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    @TempDir
    static Path dataDirectory;
    static InstalledCluster cluster;
    static RunningListener listener;
    static Sender sender;
    static Receiver receiver;

    Team team;

    @BeforeParameterizedClassInvocation
    static void start(ApiServer server) throws IOException {
        cluster = new InstalledCluster(server);
        receiver = new Receiver();
        listener = RunningListener.startAllowing(List.of(receiver.url()), cluster.shipped("bellhop-listener"),
                dataDirectory.resolve(server.name()));
        sender = new Sender();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        sender.close();
        listener.close();
        receiver.close();
        cluster.close();
    }

    @BeforeEach
    void aTeam() {
        receiver.clear();
        team = Team.in(cluster);
        team.listener("shared");
        team.create("""
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: actor, namespace: NS}
                rules:
                - {apiGroups: [""], resources: [configmaps], verbs: [create, get, patch, update, delete]}
                - {apiGroups: [networking.k8s.io], resources: [ingresses], verbs: [create, get, patch, delete]}
                - {apiGroups: [apps], resources: [deployments], verbs: [get, patch]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: actor, namespace: NS}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: actor}
                subjects: [{kind: ServiceAccount, name: maker, namespace: NS}]
                """);
    }

    void actions(String actions) {
        actions(actions, "");
    }

    void actions(String actions, String more) {
        create("  actions:\n" + actions.indent(2) + more.indent(2));
    }

    void create(String spec) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: act, namespace: NS}
                spec:
                  serviceAccountName: maker
                """ + spec);
    }

    void configMap(String name, Map<String, String> data) {
        cluster.admin().resource(new ConfigMapBuilder().withNewMetadata().withNamespace(team.namespace())
                .withName(name).endMetadata().withData(data).build()).create();
    }

    ConfigMap configMap(String name) {
        return cluster.admin().configMaps().inNamespace(team.namespace()).withName(name).get();
    }

    String post(String body) {
        await().atMost(PATIENCE).until(() -> listener.serves(team.namespace(), "act"));
        var reply = sender.post(listener.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=act",
                body.replace('\'', '"'));
        assertThat(reply.status()).isEqualTo(202);
        return reply.eventId();
    }

    List<ObjectRef> done(String body) {
        return switch (ending(post(body))) {
            case Ending.Created(var objects) -> objects;
            case Ending other -> throw new AssertionError(other.toString());
        };
    }

    String failed(String body) {
        return switch (ending(post(body))) {
            case Ending.Failed(var _, var why) -> why;
            case Ending other -> throw new AssertionError(other.toString());
        };
    }

    static Ending ending(String eventId) {
        await().atMost(PATIENCE)
                .until(() -> listener.endingsOf(eventId).stream().anyMatch(one -> !(one instanceof Ending.Retrying)));
        return listener.endingsOf(eventId).getLast();
    }
}
