package dev.bellhop.listener.source.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bellhop.listener.broker.TestContext;
import dev.bellhop.listener.broker.nats.NatsServer;
import dev.bellhop.spi.source.Emitted;
import dev.bellhop.spi.source.RunningSource;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamReaderIT {
    private static final AtomicInteger STREAMS = new AtomicInteger();
    private static NatsServer server;
    private static Connection connection;

    private final List<RunningSource> running = new ArrayList<>();
    private final TestContext context = new TestContext("orders");
    private String stream;

    @BeforeAll
    static void start() throws Exception {
        server = NatsServer.launch();
        connection = server.connect();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void makeStream() throws Exception {
        stream = "S" + STREAMS.incrementAndGet();
        make(stream);
    }

    @AfterEach
    void stopSources() {
        running.forEach(RunningSource::close);
    }

    @Test
    void bringsEachMessageWithItsPlaceInTheStream() throws Exception {
        start(context, spec());
        publish("created", "{\"n\": 1}", new Headers().add("Color", "red"));

        await().until(() -> context.kept.size() == 1);
        var event = context.kept.getFirst();
        assertThat(event.type()).isEqualTo("message");
        assertThat(event.subject()).isEqualTo(stream + ".created");
        assertThat(event.headers()).containsEntry("Color", "red");
        assertThat(event.facts().get("stream").textValue()).isEqualTo(stream);
        assertThat(event.facts().get("sequence").longValue()).isEqualTo(1);
        assertThat(event.id()).startsWith(stream + "/1@");
        assertThat(TestContext.text(event)).isEqualTo("{\"n\": 1}");
        await().until(() -> unacknowledged("team-a_orders") == 0);
    }

    @Test
    void bringsAgainUnderTheSameIdWhatCouldNotBeKept() throws Exception {
        var tries = new AtomicInteger();
        context.answer(_ -> CompletableFuture.completedStage(tries.incrementAndGet() < 3
                ? new Emitted.NotNow("the journal is full", Duration.ofMillis(100))
                : new Emitted.Kept(1)));
        start(context, spec());
        publish("created", "a", null);

        await().until(() -> context.kept.size() == 1);
        assertThat(context.emitted).hasSize(3).extracting("id").containsOnly(context.kept.getFirst().id());
        await().until(() -> unacknowledged("team-a_orders") == 0);
    }

    @Test
    void keepsTheServerFromBringingAgainWhatWaitsHere() throws Exception {
        var answer = new CompletableFuture<Emitted>();
        context.answer(_ -> answer);
        var spec = spec();
        jetStream(spec).put("ackWait", "1s");
        start(context, spec);
        publish("created", "a", null);
        await().until(() -> context.emitted.size() == 1);

        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(4)).until(() -> context.emitted.size() == 1);
        answer.complete(new Emitted.Kept(1));
        await().until(() -> unacknowledged("team-a_orders") == 0);
        assertThat(context.emitted).hasSize(1);
    }

    @Test
    void takesNoMoreThanMayBeUnderWay() throws Exception {
        var answers = new CopyOnWriteArrayList<CompletableFuture<Emitted>>();
        context.answer(_ -> {
            var answer = new CompletableFuture<Emitted>();
            answers.add(answer);
            return answer;
        });
        var spec = spec();
        jetStream(spec).put("maxAckPending", 10);
        start(context, spec);
        publish(50);

        await().until(() -> context.emitted.size() == 10);
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(3)).until(() -> context.emitted.size() == 10);
        context.answer(_ -> CompletableFuture.completedStage(new Emitted.Kept(1)));
        answers.forEach(answer -> answer.complete(new Emitted.Kept(1)));
        await().until(() -> context.kept.size() == 50);
    }

    @Test
    void goesOnWhereItWasAfterARestart() throws Exception {
        var first = start(context, spec());
        publish(5);
        await().until(() -> context.kept.size() == 5);
        first.close();
        running.clear();
        publish(5);

        var next = new TestContext("orders");
        start(next, spec());
        await().until(() -> next.kept.size() == 5);
        assertThat(next.kept).extracting(event -> event.facts().get("sequence").longValue())
                .containsExactly(6L, 7L, 8L, 9L, 10L);
    }

    @Test
    void sharesTheWorkWithOtherReplicas() throws Exception {
        var other = new TestContext("orders");
        start(context, spec());
        start(other, spec());
        await().until(() -> context.isConnected() && other.isConnected());
        publish(600);

        await().until(() -> context.kept.size() + other.kept.size() == 600);
        assertThat(IntStream.range(0, 2).mapToObj(i -> i == 0 ? context : other).flatMap(one -> one.kept.stream())
                .map(event -> event.id()).distinct()).hasSize(600);
    }

    @Test
    void survivesAServerThatIsKilled() throws Exception {
        try (var own = NatsServer.launch()) {
            var publisher = own.connect();
            make(publisher, "OWN");
            var spec = spec(own.url(), "OWN");
            start(context, spec);
            publisher.jetStream().publish("OWN.a", "1".getBytes(StandardCharsets.UTF_8));
            await().until(() -> context.kept.size() == 1);

            own.kill();
            await().until(() -> context.disconnected().equals("ConnectionLost"));
            own.start();
            await().atMost(Duration.ofSeconds(30)).until(() -> {
                try {
                    publisher.jetStream().publish("OWN.a", "2".getBytes(StandardCharsets.UTF_8));
                    return true;
                } catch (IOException | JetStreamApiException e) {
                    return false;
                }
            });
            await().atMost(Duration.ofSeconds(30)).until(() -> context.bodies().contains("2"));
            assertThat(context.isConnected()).isTrue();
        }
    }

    @Test
    void tellsOfAStreamThatDoesNotExistAndReadsItOnceItDoes() throws Exception {
        start(context, spec(server.url(), "LATER"));
        await().until(() -> context.disconnected().equals("StreamMissing"));
        make("LATER");
        await().atMost(Duration.ofSeconds(20)).until(context::isConnected);
        connection.jetStream().publish("LATER.a", "x".getBytes(StandardCharsets.UTF_8));
        await().until(() -> context.bodies().equals(List.of("x")));
    }

    @Test
    void makesNoConsumerWhenItIsToldNotTo() throws Exception {
        var spec = spec();
        jetStream(spec).put("createConsumer", false).put("consumer", "given");
        start(context, spec);
        await().until(() -> context.disconnected().equals("ConsumerMissing"));
        connection.jetStreamManagement().addOrUpdateConsumer(stream,
                ConsumerConfiguration.builder().durable("given").ackPolicy(AckPolicy.Explicit).build());
        publish("a", "x", null);
        await().atMost(Duration.ofSeconds(20)).until(() -> context.bodies().equals(List.of("x")));
    }

    @Test
    void makesItsConsumerAgainWhenSomebodyRemovedIt() throws Exception {
        var spec = spec();
        jetStream(spec).put("deliverPolicy", "all");
        start(context, spec);
        await().until(context::isConnected);
        connection.jetStreamManagement().deleteConsumer(stream, "team-a_orders");
        publish("a", "x", null);
        await().atMost(Duration.ofSeconds(20)).until(() -> context.bodies().equals(List.of("x")));
    }

    @Test
    void readsAnotherSubjectOnceTheSpecSaysSo() throws Exception {
        var spec = spec();
        spec.put("subject", stream + ".a");
        start(context, spec).close();
        running.clear();
        spec.put("subject", stream + ".b");
        start(context, spec);
        publish("a", "not this", null);
        publish("b", "this", null);
        await().until(() -> context.bodies().equals(List.of("this")));
        assertThat(connection.jetStreamManagement().getConsumerNames(stream)).containsExactly("team-a_orders");
    }

    @Test
    void unwrapsCloudEvents() throws Exception {
        start(context, spec());
        publish("a", "{\"n\": 1}", new Headers().add("ce-specversion", "1.0").add("ce-id", "7")
                .add("ce-source", "/shop%20one").add("ce-type", "order.created").add("ce-subject", "order-7")
                .add("ce-time", "2026-01-31T12:00:00Z").add("ce-datacontenttype", "application/json"));
        publish("a", """
                {"specversion": "1.0", "id": "8", "source": "/shop", "type": "order.paid", "data": {"n": 2}}""", null);

        await().until(() -> context.kept.size() == 2);
        var binary = context.kept.getFirst();
        assertThat(binary.id()).isEqualTo("/shop one 7");
        assertThat(binary.type()).isEqualTo("order.created");
        assertThat(binary.subject()).isEqualTo("order-7");
        assertThat(binary.time()).isEqualTo("2026-01-31T12:00:00Z");
        assertThat(binary.facts().get("cloudEvent").get("source").textValue()).isEqualTo("/shop one");
        assertThat(binary.facts().get("sequence").longValue()).isEqualTo(1);
        var structured = context.kept.getLast();
        assertThat(structured.type()).isEqualTo("order.paid");
        assertThat(structured.body().json().orElseThrow().get("n").intValue()).isEqualTo(2);
    }

    private RunningSource start(TestContext context, ObjectNode spec) {
        var source = new NatsSourceType().start(spec, context);
        running.add(source);
        return source;
    }

    private ObjectNode spec() {
        return spec(server.url(), stream);
    }

    private static ObjectNode spec(String url, String stream) {
        var spec = JsonNodeFactory.instance.objectNode().put("url", url);
        spec.putObject("jetStream").put("stream", stream).put("deliverPolicy", "all");
        return spec;
    }

    private static ObjectNode jetStream(ObjectNode spec) {
        return (ObjectNode) spec.get("jetStream");
    }

    private static void make(String stream) throws IOException, JetStreamApiException {
        make(connection, stream);
    }

    private static void make(Connection connection, String stream) throws IOException, JetStreamApiException {
        connection.jetStreamManagement().addStream(StreamConfiguration.builder().name(stream).subjects(stream + ".>")
                .storageType(StorageType.File).build());
    }

    private void publish(String subject, String body, Headers headers) throws IOException, JetStreamApiException {
        connection.jetStream().publish(stream + "." + subject, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private void publish(int count) throws IOException, JetStreamApiException {
        for (int i = 0; i < count; i++) {
            publish("n", Integer.toString(i), null);
        }
    }

    private long unacknowledged(String consumer) throws IOException, JetStreamApiException {
        return connection.jetStreamManagement().getConsumerInfo(stream, consumer).getNumAckPending();
    }
}
