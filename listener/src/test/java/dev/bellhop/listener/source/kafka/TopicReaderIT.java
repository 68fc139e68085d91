package dev.bellhop.listener.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.broker.Certificates;
import dev.bellhop.listener.broker.TestContext;
import dev.bellhop.listener.broker.kafka.KafkaServer;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.RunningSource;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicReaderIT {
    private static final Duration LONG = Duration.ofSeconds(40);
    private static final AtomicInteger TOPICS = new AtomicInteger();
    private static KafkaServer server;
    private static Certificates authority;
    private static KafkaProducer<byte[], byte[]> producer;

    private final List<RunningSource> running = new ArrayList<>();
    private final TestContext context = new TestContext("orders");
    private String topic;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        authority = new Certificates(directory);
        server = KafkaServer.launch(authority.sign("broker", "127.0.0.1"));
        producer = server.producer();
    }

    @AfterAll
    static void stop() throws Exception {
        producer.close();
        server.close();
    }

    @BeforeEach
    void makeTopic() throws Exception {
        topic = "t" + TOPICS.incrementAndGet();
        server.makeTopic(topic, 4);
    }

    @AfterEach
    void stopSources() {
        running.forEach(RunningSource::close);
    }

    @Test
    void bringsEachRecordWithItsPlaceItsKeyAndItsHeaders() throws Exception {
        start(context, spec());
        var record = new ProducerRecord<>(topic, 2, bytes("order-7"), bytes("{\"n\": 1}"));
        record.headers().add("Color", bytes("red"));
        producer.send(record).get();

        await().atMost(LONG).until(() -> context.kept.size() == 1);
        var event = context.kept.getFirst();
        assertThat(event.type()).isEqualTo("message");
        assertThat(event.subject()).isEqualTo(topic);
        assertThat(event.headers()).containsEntry("Color", "red");
        assertThat(event.facts().get("key").textValue()).isEqualTo("order-7");
        assertThat(event.facts().get("partition").intValue()).isEqualTo(2);
        assertThat(event.facts().get("offset").longValue()).isZero();
        assertThat(event.id()).startsWith(topic + "/2/0@");
        assertThat(TestContext.text(event)).isEqualTo("{\"n\": 1}");
        await().atMost(LONG).until(() -> committed("team-a.orders", 2) == 1);
    }

    @Test
    void commitsNothingBeyondARecordThatIsNotKept() throws Exception {
        var second = new CompletableFuture<Emitted>();
        context.answer(event -> TestContext.text(event).equals("1")
                ? second
                : CompletableFuture.completedStage(new Emitted.Kept(1)));
        start(context, spec());
        publish(5, 0);
        await().atMost(LONG).until(() -> context.kept.size() == 4);

        await().atMost(LONG).until(() -> committed("team-a.orders", 0) == 1);
        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4))
                .until(() -> committed("team-a.orders", 0) == 1);
        second.complete(new Emitted.Kept(1));
        await().atMost(LONG).until(() -> committed("team-a.orders", 0) == 5);
    }

    @Test
    void bringsAgainUnderTheSameIdWhatCouldNotBeKept() throws Exception {
        var tries = new AtomicInteger();
        context.answer(_ -> CompletableFuture.completedStage(tries.incrementAndGet() < 3
                ? new Emitted.NotNow("the journal is full", Duration.ofMillis(100))
                : new Emitted.Kept(1)));
        start(context, spec());
        publish(1, 0);

        await().atMost(LONG).until(() -> context.kept.size() == 1);
        assertThat(context.emitted).hasSize(3).extracting("id").containsOnly(context.kept.getFirst().id());
    }

    @Test
    void stopsTakingWhileTooManyAreUnderWay() throws Exception {
        var answers = new CopyOnWriteArrayList<CompletableFuture<Emitted>>();
        context.answer(_ -> {
            var answer = new CompletableFuture<Emitted>();
            answers.add(answer);
            return answer;
        });
        start(context, spec());
        publish(3_000, 0);

        await().atMost(LONG).until(() -> context.emitted.size() >= 500);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> context.emitted.size() < 1_000);
        context.answer(_ -> CompletableFuture.completedStage(new Emitted.Kept(1)));
        answers.forEach(answer -> answer.complete(new Emitted.Kept(1)));
        await().atMost(LONG).until(() -> context.kept.size() == 3_000);
        assertThat(context.kept.stream().map(event -> event.id()).distinct()).hasSize(3_000);
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        var spec = spec();
        spec.put("offsetReset", "latest");
        publish(3, 0);
        start(context, spec);
        await().atMost(LONG).until(context::isConnected);
        running.removeFirst().close();
        publish(5, 0);

        var next = new TestContext("orders");
        start(next, spec);
        await().atMost(LONG).until(() -> next.kept.size() == 5);
        assertThat(next.kept).extracting(event -> event.facts().get("offset").longValue())
                .containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(context.kept).isEmpty();
    }

    @Test
    void sharesPartitionsWithAReplicaThatComesAndGoes() throws Exception {
        var other = new TestContext("orders");
        start(context, spec());
        await().atMost(LONG).until(context::isConnected);
        var published = new AtomicInteger();
        var joining = start(other, spec());
        await().atMost(LONG).until(() -> {
            publishRound(published);
            return other.kept.size() > 10;
        });
        running.remove(joining);
        joining.close();
        for (int i = 0; i < 100; i++) {
            publishRound(published);
        }

        await().atMost(LONG).until(() -> distinct(context, other) == published.get());
        await().atMost(LONG).until(
                () -> IntStream.range(0, 4).allMatch(p -> committed("team-a.orders", p) == published.get() / 4));
    }

    private void publishRound(AtomicInteger published) {
        for (int partition = 0; partition < 4; partition++) {
            publish(5, partition);
            published.addAndGet(5);
        }
    }

    @Test
    void survivesABrokerThatIsRestarted() throws Exception {
        try (var own = KafkaServer.launch(); var publisher = own.producer()) {
            own.makeTopic("own", 1);
            start(context, spec(own.broker(), "own"));
            publisher.send(new ProducerRecord<>("own", bytes("1"))).get();
            await().atMost(LONG).until(() -> context.bodies().equals(List.of("1")));

            own.stop();
            await().atMost(LONG).until(() -> context.disconnected().equals("ConnectionLost"));
            own.start();
            publisher.send(new ProducerRecord<>("own", bytes("2"))).get();
            await().atMost(LONG).until(() -> context.bodies().contains("2"));
            await().atMost(LONG).until(context::isConnected);
        }
    }

    @Test
    void tellsOfATopicThatDoesNotExistAndReadsItOnceItDoes() throws Exception {
        start(context, spec(server.broker(), "later"));
        await().atMost(LONG).until(() -> context.disconnected().equals("TopicMissing"));
        server.makeTopic("later", 1);
        await().atMost(LONG).until(context::isConnected);
        producer.send(new ProducerRecord<>("later", bytes("x"))).get();
        await().atMost(LONG).until(() -> context.bodies().equals(List.of("x")));
    }

    @Test
    void tellsOfABrokerThatIsNotThere() {
        start(context, spec("127.0.0.1:1", topic));
        await().atMost(LONG).until(() -> context.disconnected().equals("Unreachable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void logsInOverTls(String mechanism) throws Exception {
        context.secrets.put("ca/ca.crt", authority.authority());
        context.secrets.put("login/password", "right\n");
        start(context, secureSpec(mechanism));
        publish(1, 0);
        await().atMost(LONG).until(() -> context.kept.size() == 1);
    }

    @Test
    void readsTheSecretAgainAfterTheBrokerRefusedThePassword() {
        context.secrets.put("ca/ca.crt", authority.authority());
        context.secrets.put("login/password", "wrong");
        start(context, secureSpec("SCRAM-SHA-512"));
        await().atMost(LONG).until(() -> context.disconnected().equals("AuthenticationFailed"));
        context.secrets.put("login/password", "right");
        await().atMost(LONG).until(context::isConnected);
    }

    @Test
    void refusesABrokerThatNoTrustedAuthoritySigned() {
        var spec = secureSpec("PLAIN");
        ((ObjectNode) spec.get("tls")).remove("caSecret");
        context.secrets.put("login/password", "right");
        start(context, spec);
        await().atMost(LONG).until(() -> context.disconnected().equals("TlsFailed"));
    }

    @Test
    void unwrapsCloudEvents() throws Exception {
        start(context, spec());
        var binary = new ProducerRecord<>(topic, 0, (byte[]) null, bytes("{\"n\": 1}"));
        Stream.of("ce_specversion=1.0", "ce_id=7", "ce_source=/shop one", "ce_type=order.created", "ce_subject=order-7",
                "ce_time=2026-01-31T12:00:00Z", "content-type=application/json").map(header -> header.split("=", 2))
                .forEach(header -> binary.headers().add(header[0], bytes(header[1])));
        producer.send(binary).get();
        var structured = new ProducerRecord<>(topic, 0, (byte[]) null, bytes("""
                {"specversion": "1.0", "id": "8", "source": "/shop", "type": "order.paid", "data": {"n": 2}}"""));
        structured.headers().add("content-type", bytes("application/cloudevents+json; charset=UTF-8"));
        producer.send(structured).get();

        await().atMost(LONG).until(() -> context.kept.size() == 2);
        var first = context.kept.getFirst();
        assertThat(first.id()).isEqualTo("/shop one 7");
        assertThat(first.type()).isEqualTo("order.created");
        assertThat(first.subject()).isEqualTo("order-7");
        assertThat(first.time()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(first.facts().get("cloudEvent").get("datacontenttype").textValue()).isEqualTo("application/json");
        assertThat(context.kept.getLast().type()).isEqualTo("order.paid");
        assertThat(context.kept.getLast().body().json().orElseThrow().get("n").intValue()).isEqualTo(2);
    }

    private RunningSource start(TestContext context, ObjectNode spec) {
        var source = new KafkaSourceType().start(spec, context);
        running.add(source);
        return source;
    }

    private ObjectNode spec() {
        return spec(server.broker(), topic);
    }

    private static ObjectNode spec(String broker, String topic) {
        var spec = JsonNodeFactory.instance.objectNode().put("offsetReset", "earliest");
        spec.putArray("bootstrapServers").add(broker);
        spec.putArray("topics").add(topic);
        return spec;
    }

    private ObjectNode secureSpec(String mechanism) {
        var spec = spec(server.secureBroker(), topic);
        spec.putObject("tls").putObject("caSecret").put("secretName", "ca").put("secretKey", "ca.crt");
        spec.putObject("sasl").put("mechanism", mechanism).put("user", "bellhop").putObject("passwordSecret")
                .put("secretName", "login").put("secretKey", "password");
        return spec;
    }

    private void publish(int count, int partition) {
        for (int i = 0; i < count; i++) {
            producer.send(new ProducerRecord<>(topic, partition, null, bytes(Integer.toString(i))));
        }
        producer.flush();
    }

    private long committed(String group, int partition) {
        try (var admin = server.admin()) {
            var offset = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? -1 : offset.offset();
        } catch (Exception e) {
            return -1;
        }
    }

    private static long distinct(TestContext one, TestContext other) {
        return Stream.concat(one.kept.stream(), other.kept.stream()).map(event -> event.id()).distinct().count();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
