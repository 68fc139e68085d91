package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every EventSource, shown with the simplest: the clock.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class SourcesIT extends ListenerStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    @SuppressWarnings("unused")
    SourcesIT(ApiServer server) {}

    @AfterEach
    void noMoreTicks() {
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).delete();
    }

    @Test
    void anEventOfASourceGoesThroughItsTriggers() {
        ticking("tick", "triggers: [tick]", "payload: {suite: full}");
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: tick, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          interceptors:
                          - ref: {name: cel}
                            params: [{name: filter, value: "event.source == 'cron' && event.eventSource == 'tick' && event.type == 'tick' && body.payload.suite == 'full'"}]
                          bindings: [{name: time, value: $(body.scheduledTime)}]
                          template:
                            spec:
                              params: [{name: time}]
                              resourcetemplates:
                              - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {time: $(tt.params.time)}}
                        """);
        await().atMost(PATIENCE).until(() -> team.made().size() >= 2);
        var made = team.made().getFirst();
        assertThat(made.getMetadata().getLabels()).containsEntry("triggers.bellhop.dev/eventsource", "tick")
                .doesNotContainKey("triggers.bellhop.dev/eventlistener");
        assertThat(times()).doesNotHaveDuplicates();
    }

    @Test
    void aTriggerThatComesLaterIsBoundByItsLabels() {
        ticking("tick", "triggerSelector: {matchLabels: {app: late}}", "");
        await().atMost(PATIENCE).until(() -> isConnected("tick"));
        team.trigger("late", "[]");
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
        cluster.admin().genericKubernetesResources("bellhop.dev/v1alpha1", "Trigger").inNamespace(team.namespace())
                .withName("late").patch(MERGE, "{\"metadata\": {\"labels\": {\"app\": null}}}");
        await().atMost(PATIENCE).during(Duration.ofSeconds(3)).until(() -> team.made().size(), new Steady());
    }

    @Test
    void eventsWaitForATriggerThatIsNamedAndDoesNotExistYet() {
        ticking("tick", "triggers: [tick]", "");
        await().atMost(PATIENCE).until(() -> connected("tick").anyMatch(one -> one.getReason().equals("NotAccepted")));
        var then = Instant.now();
        tickTrigger();
        await().atMost(PATIENCE).until(() -> !times().isEmpty());
        assertThat(times().stream().map(Instant::parse).sorted().findFirst().orElseThrow()).isBefore(then);
    }

    @Test
    void aSuspendedSourceRests() {
        team.trigger("tick", "[]");
        ticking("tick", "triggers: [tick]", "");
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
        suspend("tick", true);
        await().atMost(PATIENCE).until(() -> !isConnected("tick"));
        await().atMost(PATIENCE).during(Duration.ofSeconds(3)).until(() -> team.made().size(), new Steady());
        int before = team.made().size();
        suspend("tick", false);
        await().atMost(PATIENCE).until(() -> isConnected("tick"));
        await().atMost(PATIENCE).until(() -> team.made().size() > before);
    }

    @Test
    void afterARestartNoTimeComesTwiceAndMissedOnesAreMadeUpFor() throws IOException {
        tickTrigger();
        ticking("tick", "triggers: [tick]", "catchUp: {maxAge: 5m}");
        await().atMost(PATIENCE).until(() -> times().size() >= 2);
        listener.close();
        int before = times().size();
        // The clock goes on while nothing runs.
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
        startListener();
        await().atMost(PATIENCE).until(() -> times().size() >= before + 4);
        var times = times().stream().map(Instant::parse).sorted().toList();
        assertThat(times).doesNotHaveDuplicates();
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).as("%s", times)
                    .isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void twoReplicasFireOnce() throws IOException {
        try (var _ = anotherListener()) {
            tickTrigger();
            ticking("tick", "triggers: [tick]", "");
            await().atMost(PATIENCE).until(() -> times().size() >= 5);
            assertThat(times()).doesNotHaveDuplicates();
        }
    }

    @Test
    void withoutAServiceAccountOfItsOwnATriggerActsAsTheSources() {
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: tick, namespace: NS}
                        spec:
                          retry: {maxAttempts: 1}
                          template: {spec: {resourcetemplates: [{apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}}]}}
                        """);
        ticking("tick", "triggers: [tick]", "");
        await().atMost(PATIENCE).until(() -> listener.endings(team.namespace()).stream().anyMatch(ending -> ending
                .toString().contains("system:serviceaccount:" + team.namespace() + ":default")));
        assertThat(team.made()).isEmpty();
        ticking("other", "serviceAccountName: maker\n  triggers: [tick]", "");
        await().atMost(PATIENCE).until(() -> !team.made().isEmpty());
    }

    private void ticking(String name, String triggers, String more) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: %s, namespace: NS}
                spec:
                  %s
                  cron:
                    interval: 1s
                    %s
                """.formatted(name, triggers, more));
    }

    private void tickTrigger() {
        team.create(
                """
                        apiVersion: bellhop.dev/v1alpha1
                        kind: Trigger
                        metadata: {name: tick, namespace: NS}
                        spec:
                          serviceAccountName: maker
                          bindings: [{name: time, value: $(body.scheduledTime)}]
                          template:
                            spec:
                              params: [{name: time}]
                              resourcetemplates:
                              - {apiVersion: v1, kind: ConfigMap, metadata: {generateName: made-}, data: {time: $(tt.params.time)}}
                        """);
    }

    private void suspend(String name, boolean suspend) {
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName(name)
                .patch(MERGE, "{\"spec\": {\"suspend\": " + suspend + "}}");
    }

    private boolean isConnected(String name) {
        return connected(name).anyMatch(condition -> condition.getStatus().equals("True"));
    }

    /// The condition, when there is one.
    private Stream<Condition> connected(String name) {
        var source = cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName(name).get();
        return source.getStatus() == null
                ? Stream.of()
                : source.getStatus().conditions().stream().filter(condition -> condition.getType().equals("Connected"));
    }

    private List<String> times() {
        return team.made().stream().map(ConfigMap::getData).map(values -> values.get("time")).toList();
    }

    /// The same number as the last time.
    private static final class Steady implements java.util.function.Predicate<Integer> {
        private int last = -1;

        @Override
        public boolean test(Integer number) {
            boolean same = number == last;
            last = number;
            return same;
        }
    }
}
