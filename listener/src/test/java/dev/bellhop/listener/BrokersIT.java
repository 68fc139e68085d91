package dev.bellhop.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import dev.bellhop.api.EventSource;
import dev.bellhop.apiserver.ApiServer;
import dev.bellhop.listener.broker.kafka.KafkaServer;
import dev.bellhop.listener.broker.nats.NatsServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.nats.client.Connection;
import io.nats.client.api.StreamConfiguration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// From a broker to what Triggers make of its messages.
@ParameterizedClass
@MethodSource("dev.bellhop.apiserver.ApiServers#atHand")
class BrokersIT extends ListenerStage {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @SuppressWarnings("unused")
    BrokersIT(ApiServer server) {}

    @AfterEach
    void noMoreSources() {
        cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).delete();
    }

    @Test
    void everyMatchingTriggerGetsEachMessageOfAStreamOnce() throws Exception {
        try (var server = NatsServer.launch("authorization { user: team, password: right }")) {
            var publisher = server.connect("team", "right");
            publisher.jetStreamManagement()
                    .addStream(StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build());
            keeper("first");
            keeper("second");
            team.secret("nats", "right");
            source("""
                    nats:
                        url: %s
                        subject: orders.created
                        jetStream: {stream: ORDERS}
                        auth: {user: team, passwordSecret: {secretName: nats, secretKey: token}}
                    """.formatted(server.url()));
            await().atMost(PATIENCE).until(() -> connected().equals("True"));
            publish(publisher, 0, 20);
            await().atMost(PATIENCE).until(() -> made("first").size() == 20 && made("second").size() == 20);

            keeper("late");
            await().atMost(PATIENCE).until(() -> {
                publish(publisher, 100, 101);
                return made("late").contains("100");
            });
            listener.close();
            publish(publisher, 20, 40);
            server.kill();
            server.start();
            startListener();
            await().atMost(PATIENCE).until(() -> made("first").containsAll(numbers(0, 40)));
            await().atMost(PATIENCE).until(() -> made("late").containsAll(numbers(20, 40)));
            assertThat(made("first").stream().filter(number -> !number.equals("100"))).doesNotHaveDuplicates();
        }
    }

    @Test
    void everyMatchingTriggerGetsEachRecordOfATopicOnce() throws Exception {
        try (var server = KafkaServer.launch(); var publisher = server.producer()) {
            server.makeTopic("orders", 2);
            keeper("first");
            keeper("second");
            source("""
                    kafka:
                        bootstrapServers: ["%s"]
                        topics: [orders]
                    """.formatted(server.broker()));
            await().atMost(PATIENCE).until(() -> connected().equals("True"));
            for (int i = 0; i < 20; i++) {
                publisher.send(new ProducerRecord<>("orders", i % 2, null, body(i)));
            }
            publisher.flush();
            await().atMost(PATIENCE).until(() -> made("first").size() == 20 && made("second").size() == 20);

            listener.close();
            for (int i = 20; i < 40; i++) {
                publisher.send(new ProducerRecord<>("orders", i % 2, null, body(i)));
            }
            publisher.flush();
            startListener();
            await().atMost(PATIENCE).until(() -> made("first").size() == 40 && made("second").size() == 40);
            assertThat(made("first")).containsExactlyInAnyOrderElementsOf(numbers(0, 40));
        }
    }

    @Test
    void anActionPublishesWhatAStreamKeepsOnce() throws Exception {
        try (var server = NatsServer.launch()) {
            var publisher = server.connect();
            var streams = publisher.jetStreamManagement();
            streams.addStream(StreamConfiguration.builder().name("ORDERS").subjects("orders.>").build());
            team.create("""
                    apiVersion: bellhop.dev/v1alpha1
                    kind: Trigger
                    metadata: {name: publish, namespace: NS, labels: {role: keeper}}
                    spec:
                      serviceAccountName: maker
                      retry: {delay: 200ms, factor: 1}
                      actions:
                      - publish:
                          nats:
                            url: %s
                            subject: paid.${{ string(int(body.number)) }}
                            timeout: 1s
                            headers: {Color: red}
                            body: {number: "${{ int(body.number) }}"}
                    """.formatted(server.url()));
            source("""
                    nats:
                        url: %s
                        jetStream: {stream: ORDERS}
                    """.formatted(server.url()));
            await().atMost(PATIENCE).until(() -> connected().equals("True"));
            publish(publisher, 0, 10);
            // There is no stream that would keep them yet: they wait.
            await().atMost(PATIENCE).until(() -> listener.endings(team.namespace()).size() >= 10);
            streams.addStream(StreamConfiguration.builder().name("PAID").subjects("paid.>").build());
            await().atMost(PATIENCE).until(() -> streams.getStreamInfo("PAID").getStreamState().getMsgCount() == 10);
            var first = streams.getFirstMessage("PAID", "paid.0");
            assertThat(new String(first.getData(), StandardCharsets.UTF_8)).isEqualTo("{\"number\":0}");
            assertThat(first.getHeaders().getFirst("Color")).isEqualTo("red");
            assertThat(first.getHeaders().getFirst("Nats-Msg-Id")).matches("[0-9a-f]{32}");
        }
    }

    @Test
    void anActionPublishesToATopic() throws Exception {
        try (var server = KafkaServer.launch(); var publisher = server.producer()) {
            server.makeTopic("orders", 1);
            server.makeTopic("paid", 1);
            keeper("first");
            team.create("""
                    apiVersion: bellhop.dev/v1alpha1
                    kind: Trigger
                    metadata: {name: publish, namespace: NS}
                    spec:
                      serviceAccountName: maker
                      actions:
                      - publish:
                          kafka:
                            bootstrapServers: ["%s"]
                            topic: paid
                            key: order-${{ string(int(body.number)) }}
                            body: ${{ body }}
                    """.formatted(server.broker()));
            var bootstrap = "bootstrapServers: [\"" + server.broker() + "\"]";
            source("kafka: {" + bootstrap + ", topics: [paid]}");
            team.create("""
                    apiVersion: bellhop.dev/v1alpha1
                    kind: EventSource
                    metadata: {name: in, namespace: NS}
                    spec: {triggers: [publish], kafka: {%s, topics: [orders], offsetReset: earliest}}
                    """.formatted(bootstrap));
            await().atMost(PATIENCE).until(() -> connected().equals("True"));
            for (int i = 0; i < 10; i++) {
                publisher.send(new ProducerRecord<>("orders", body(i)));
            }
            publisher.flush();
            await().atMost(PATIENCE).until(() -> made("first").size() == 10);
            assertThat(made("first")).containsExactlyInAnyOrderElementsOf(numbers(0, 10));
        }
    }

    @Test
    void aBrokerThatRefusesTheLoginShowsInTheCondition() throws Exception {
        try (var server = NatsServer.launch("authorization { user: team, password: right }")) {
            keeper("first");
            team.secret("nats", "wrong");
            source("""
                    nats:
                        url: %s
                        subject: orders.>
                        auth: {user: team, passwordSecret: {secretName: nats, secretKey: token}}
                    """.formatted(server.url()));
            await().atMost(PATIENCE).until(() -> connected().equals("False AuthenticationFailed"));
        }
    }

    private void source(String source) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: EventSource
                metadata: {name: orders, namespace: NS}
                spec:
                  triggerSelector: {matchLabels: {role: keeper}}
                  %s
                """.formatted(source));
    }

    /// A Trigger that makes a ConfigMap of each message.
    private void keeper(String name) {
        team.create("""
                apiVersion: bellhop.dev/v1alpha1
                kind: Trigger
                metadata: {name: %1$s, namespace: NS, labels: {role: keeper}}
                spec:
                  serviceAccountName: maker
                  bindings: [{name: number, value: $(body.number)}]
                  template:
                    spec:
                      params: [{name: number}]
                      resourcetemplates:
                      - apiVersion: v1
                        kind: ConfigMap
                        metadata: {generateName: %1$s-, labels: {by: %1$s}}
                        data: {number: $(tt.params.number)}
                """.formatted(name));
    }

    private List<String> made(String trigger) {
        return cluster.admin().configMaps().inNamespace(team.namespace()).withLabel("by", trigger).list().getItems()
                .stream().map(made -> made.getData().get("number")).toList();
    }

    private String connected() {
        var source = cluster.admin().resources(EventSource.class).inNamespace(team.namespace()).withName("orders")
                .get();
        return source.getStatus() == null
                ? ""
                : source.getStatus().conditions().stream().filter(condition -> condition.getType().equals("Connected"))
                        .findFirst().map(BrokersIT::told).orElse("");
    }

    private static String told(Condition condition) {
        return condition.getStatus() + (condition.getStatus().equals("True") ? "" : " " + condition.getReason());
    }

    private static void publish(Connection publisher, int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            publisher.jetStream().publish("orders.created", body(i));
        }
    }

    private static byte[] body(int number) {
        return ("{\"number\": " + number + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
