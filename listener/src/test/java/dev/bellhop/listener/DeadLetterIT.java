package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.record.Ending;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What is done with the event of a delivery that is given up: the actions of its dead letter.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class DeadLetterIT extends ActionStage {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BODY = "{'n': 7, 'who': 'ann'}";
    private static final String DEAD = """
            - name: keep it
              kubernetes:
                object:
                  apiVersion: v1
                  kind: ConfigMap
                  metadata: {generateName: dead-}
                  data:
                    raw: ${{ raw }}
                    who: ${{ body.who }}
                    n: ${{ params.n }}
                    step: ${{ failure.step }}
                    message: ${{ failure.message }}
                    attempts: ${{ string(failure.attempts) }}
            """;

    @SuppressWarnings("unused")
    DeadLetterIT(ApiServer server) {}

    @Test
    void anActionThatSucceedsAtItsThirdTryHasOneResultAndNoDeadLetter() {
        calling("retry: {maxAttempts: 3, delay: 50ms, factor: 2, jitter: 0}", DEAD);
        failing(2);
        var event = post(BODY);
        assertThat(ending(event)).isInstanceOf(Ending.Created.class);
        assertThat(receiver.received()).hasSize(3);
        assertThat(listener.endingsOf(event)).filteredOn(Ending.Retrying.class::isInstance).hasSize(2);
        assertThat(dead()).isEmpty();
    }

    @Test
    void whenAllTriesFailTheDeadLetterIsCarriedOutOnceWithTheEventAndTheError() {
        calling("retry: {maxAttempts: 3, delay: 50ms, factor: 2, jitter: 0}", DEAD);
        failing(3);
        var ending = ending(post(BODY));
        assertThat(receiver.received()).hasSize(3);
        assertThat(dead()).singleElement().satisfies(made -> {
            assertThat(made.getData()).containsEntry("raw", BODY.replace('\'', '"')).containsEntry("who", "ann")
                    .containsEntry("n", "7").containsEntry("step", "act").containsEntry("attempts", "3");
            assertThat(made.getData().get("message")).contains("given up after 3 tries", "was answered 503");
            assertThat(ending.detail()).contains("was answered 503",
                    "its dead letter was carried out: ConfigMap " + team.namespace() + "/"
                            + made.getMetadata().getName());
        });
    }

    @Test
    void holdsByDefaultForWhatNoTryMends() {
        calling("", DEAD);
        receiver.plan(400, Map.of(), "");
        assertThat(ending(post(BODY))).isInstanceOf(Ending.Failed.class);
        assertThat(receiver.received()).hasSize(1);
        assertThat(dead()).singleElement().satisfies(made -> assertThat(made.getData()).containsEntry("attempts", "1"));
    }

    @Test
    void anEventThatLacksWhatIsAskedForHasADeadLetterToo() {
        calling("", DEAD.replace("n: ${{ params.n }}", "n: ${{ params.?n.orValue('none') }}"));
        assertThat(ending(post("{'who': 'ann'}"))).isInstanceOf(Ending.Failed.class);
        assertThat(dead()).singleElement().satisfies(made -> assertThat(made.getData()).containsEntry("step", "bind")
                .containsEntry("n", "none").hasEntrySatisfying("message", why -> assertThat(why).contains("n is not")));
    }

    @Test
    void whatADeadLetterMayNotDoIsTold() {
        calling("", DEAD.replace("ConfigMap", "Secret"));
        receiver.plan(400, Map.of(), "");
        assertThat(ending(post(BODY)).detail()).contains("was answered 400",
                "its dead letter could not be carried out: spec.deadLetter.actions[0] (keep it): ", "403");
    }

    @Test
    void aDeadLetterThatFailsIsTriedAgain() {
        calling("", DEAD + """
                - http: {url: '%sdead', body: {"why": "${{ failure.message }}"}}
                """.formatted(receiver.url()));
        receiver.plan(400, Map.of(), "");
        receiver.plan(503, Map.of(), "");
        assertThat(ending(post(BODY)).detail()).contains("its dead letter was carried out", "called http POST");
        assertThat(receiver.received()).hasSize(3);
        assertThat(receiver.received().getLast().body()).contains("was answered 400");
        assertThat(dead()).hasSize(1);
    }

    @Test
    void goesOnWithItAfterARestartAndDoesNotTryTheEventAgain(@TempDir Path journal) throws Exception {
        var hanging = new CountDownLatch(1);
        var calls = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = slow(calls, hanging);
            slow.setExecutor(threads);
            slow.start();
            var first = another(journal, slow);
            calling("", DEAD + """
                    - http: {url: 'http://127.0.0.1:%d/slow', timeout: 60s}
                    """.formatted(slow.getAddress().getPort()));
            receiver.plan(400, Map.of(), "");
            await().atMost(PATIENCE).until(() -> first.serves(team.namespace(), "act"));
            var event = sender.post(first.url(team.namespace(), "shared") + "/" + team.namespace() + "?name=act",
                    BODY.replace('\'', '"')).eventId();
            await().atMost(PATIENCE).until(() -> calls.get() == 1);
            first.close();
            assertThat(first.endingsOf(event)).isEmpty();
            hanging.countDown();
            try (var second = another(journal, slow)) {
                await().atMost(PATIENCE).until(() -> !second.endingsOf(event).isEmpty());
                assertThat(second.endingsOf(event)).singleElement().isInstanceOfSatisfying(Ending.Failed.class,
                        failed -> assertThat(failed.why()).contains("was answered 400", "carried out: ConfigMap",
                                "called http POST"));
            }
            slow.stop(0);
        }
        assertThat(receiver.received()).as("tries of the event itself").hasSize(1);
        assertThat(dead()).singleElement().satisfies(made -> assertThat(made.getData()).containsEntry("attempts", "1"));
    }

    private static HttpServer slow(AtomicInteger calls, CountDownLatch hanging) throws IOException {
        var slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", exchange -> {
            calls.incrementAndGet();
            try {
                hanging.await();
                exchange.sendResponseHeaders(204, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        });
        return slow;
    }

    private RunningListener another(Path journal, HttpServer slow) throws IOException {
        return RunningListener.startAllowing(
                List.of(receiver.url(), "http://127.0.0.1:" + slow.getAddress().getPort()),
                cluster.shipped("bellhop-listener"), journal);
    }

    private void calling(String policy, String dead) {
        create("""
                  bindings: [{name: n, value: $(body.n)}]
                  actions: [{http: {url: '%sin'}}]
                  %s
                  deadLetter:
                    actions:
                """.formatted(receiver.url(), policy) + dead.indent(4));
    }

    private static void failing(int times) {
        for (int i = 0; i < times; i++) {
            receiver.plan(503, Map.of(), "");
        }
    }

    private List<ConfigMap> dead() {
        return cluster.admin().configMaps().inNamespace(team.namespace()).list().getItems().stream()
                .filter(made -> made.getMetadata().getName().startsWith("dead-")).toList();
    }
}
